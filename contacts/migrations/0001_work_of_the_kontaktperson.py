import uuid

import django.db.models.deletion
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.crypto.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_people_cases_and_keys"),
        ("casework", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="FidelityReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.section"
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("working", "Pågår"), ("done", "Klar")],
                        db_index=True,
                        default="working",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("from_day", models.DateField(verbose_name="från och med")),
                ("to_day", models.DateField(verbose_name="till och med")),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="klar")),
                ("total", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="summa")),
            ],
            options={
                "verbose_name": "programtrohetsmätning",
                "verbose_name_plural": "programtrohetsmätningar",
                "ordering": ["-to_day", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["working", "done"])), name="fidelity_state_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "working")), fields=("section",), name="fidelity_one_going_on"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_day__gte", models.F("from_day"))), name="fidelity_time_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("state", "working"), ("total__isnull", True)),
                            models.Q(
                                ("done_at__isnull", False),
                                ("state", "done"),
                                ("total__gte", 11),
                                ("total__isnull", False),
                                ("total__lte", 55),
                            ),
                            _connector="OR",
                        ),
                        name="fidelity_done_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="FidelityScore",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="contacts.fidelityreview"
                    ),
                ),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("caseload", "Ärenden per kontaktperson"),
                            ("supervisor", "Kontaktpersoner per sektionschef"),
                            ("community", "Kontakter hemma och i samhället"),
                            ("assessments", "Aktuella styrkebedömningar"),
                            ("tied", "Kontakter som hör till ett delmål"),
                            ("natural", "Mål som använder naturliga resurser"),
                            ("group", "Grupphandledning"),
                            ("job", "Tid för ärendena"),
                            ("mentoring", "Fälthandledning"),
                            ("quality", "Bedömningar och planer: kvalitet och användning"),
                            ("hope", "Att inge hopp"),
                        ],
                        max_length=24,
                        verbose_name="punkt",
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="poäng")),
                ("computed", models.BooleanField(default=False, verbose_name="uträknad")),
                (
                    "above",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="täljare"),
                ),
                (
                    "below",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="nämnare"),
                ),
                (
                    "scored_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "poäng",
                "verbose_name_plural": "poäng",
                "ordering": ["item"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "item"), name="score_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "item__in",
                                [
                                    "caseload",
                                    "supervisor",
                                    "community",
                                    "assessments",
                                    "tied",
                                    "natural",
                                    "group",
                                    "job",
                                    "mentoring",
                                    "quality",
                                    "hope",
                                ],
                            )
                        ),
                        name="score_item_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points__isnull", True), models.Q(("points__gte", 1), ("points__lte", 5)), _connector="OR"
                        ),
                        name="score_points_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("above__isnull", False),
                                ("below__gt", 0),
                                ("below__isnull", False),
                                ("computed", True),
                                ("points__isnull", False),
                                ("scored_by__isnull", True),
                            ),
                            models.Q(
                                ("above__isnull", True),
                                ("below__isnull", True),
                                ("computed", False),
                                ("points__isnull", True),
                                ("scored_by__isnull", True),
                            ),
                            models.Q(
                                ("above__isnull", True),
                                ("below__isnull", True),
                                ("computed", False),
                                ("points__isnull", False),
                                ("scored_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="score_computed_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("housing", "Boende"),
                            ("economy", "Ekonomi och skulder"),
                            ("school", "Skola och förskola"),
                            ("work", "Arbete och utbildning"),
                            ("care", "Vård och hälsa"),
                            ("court", "Umgänge och rättsprocess"),
                            ("mail", "Post, bank och e-legitimation"),
                            ("authorities", "Myndighetskontakter"),
                            ("everyday", "Vardag"),
                        ],
                        max_length=12,
                        verbose_name="område",
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("active", "Pågår"),
                            ("paused", "Vilar"),
                            ("reached", "Nått"),
                            ("dropped", "Inte längre aktuellt"),
                        ],
                        db_index=True,
                        default="active",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("started_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="från")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="till")),
                ("uses_natural", models.BooleanField(default=False, verbose_name="använder naturliga resurser")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "mål",
                "verbose_name_plural": "mål",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "paused", "reached", "dropped"])),
                        name="goal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "area__in",
                                [
                                    "housing",
                                    "economy",
                                    "school",
                                    "work",
                                    "care",
                                    "court",
                                    "mail",
                                    "authorities",
                                    "everyday",
                                ],
                            )
                        ),
                        name="goal_area_known",
                    ),
                    models.UniqueConstraint(fields=("case", "number"), name="goal_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state__in", ["active", "paused"])),
                            models.Q(("ended_on__isnull", False), ("state__in", ["reached", "dropped"])),
                            _connector="OR",
                        ),
                        name="goal_ended_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="GroupSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.section"
                    ),
                ),
                (
                    "led_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("planned_at", models.DateTimeField(verbose_name="när")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("planned", "Planerad"),
                            ("going_on", "Pågår"),
                            ("held", "Genomförd"),
                            ("cancelled", "Inställd"),
                        ],
                        db_index=True,
                        default="planned",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="avslutad")),
                (
                    "participants",
                    models.ManyToManyField(blank=True, related_name="group_sessions", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "grupphandledning",
                "verbose_name_plural": "grupphandledningar",
                "ordering": ["-planned_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "going_on", "held", "cancelled"])),
                        name="session_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state__in", ["planned", "going_on"])),
                            models.Q(("ended_at__isnull", False), ("state__in", ["held", "cancelled"])),
                            _connector="OR",
                        ),
                        name="session_ended_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="GuidePage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=40, verbose_name="adress")),
                ("title", models.CharField(max_length=80, verbose_name="rubrik")),
                (
                    "area",
                    models.CharField(
                        choices=[("authority", "Myndigheter"), ("everyday", "Vardag")],
                        max_length=10,
                        verbose_name="avdelning",
                    ),
                ),
                (
                    "actors",
                    models.TextField(
                        blank=True, help_text="En per rad, som de skrivs i ett stödsteg.", verbose_name="aktörer"
                    ),
                ),
                ("leaks", models.TextField(blank=True, verbose_name="vad kan läcka")),
                ("ask_for", models.TextField(blank=True, verbose_name="vad du ber om")),
                ("papers", models.TextField(blank=True, verbose_name="vilka papper hjälper")),
                ("answers", models.TextField(blank=True, verbose_name="vem svarar för skyddade personer")),
                ("source", models.TextField(blank=True, verbose_name="källa")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="kontrollerad")),
                ("verified", models.BooleanField(default=False, verbose_name="bekräftad")),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="skriven")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="ersatt")),
            ],
            options={
                "verbose_name": "sida i myndighetsguiden",
                "verbose_name_plural": "sidor i myndighetsguiden",
                "ordering": ["title"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)), fields=("slug",), name="guide_one_current"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified", False),
                            models.Q(("checked_on__isnull", False), models.Q(("source", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="guide_verified_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="klar senast")),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("planned", "Pågår"), ("done", "Klar"), ("cancelled", "Inställd")],
                        db_index=True,
                        default="planned",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="träffats tillsammans")),
                ("channels_on", models.DateField(blank=True, null=True, verbose_name="kontaktvägarna kontrollerade")),
                ("code_word_on", models.DateField(blank=True, null=True, verbose_name="kodordet lämnat över")),
                ("steps_on", models.DateField(blank=True, null=True, verbose_name="öppna delmål genomgångna")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="avslutad")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "överlämning",
                "verbose_name_plural": "överlämningar",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "done", "cancelled"])), name="handover_state_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "planned")), fields=("case",), name="handover_one_going_on"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True), name="handover_to_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "planned")),
                            models.Q(("ended_at__isnull", False), ("state__in", ["done", "cancelled"])),
                            _connector="OR",
                        ),
                        name="handover_ended_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Mentoring",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentorings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.section"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("field", "Fälthandledning"), ("individual", "Individuell handledning")],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="när")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="nästa gång")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "handledning",
                "verbose_name_plural": "handledningar",
                "ordering": ["-held_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["field", "individual"])), name="mentoring_kind_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_steps", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="contacts.goal"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("planned", "Att göra"), ("done", "Klart"), ("dropped", "Behövs inte")],
                        db_index=True,
                        default="planned",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="senast")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="klart")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "delmål",
                "verbose_name_plural": "delmål",
                "ordering": ["goal__number", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "done", "dropped"])), name="plan_step_state_known"
                    ),
                    models.UniqueConstraint(fields=("goal", "number"), name="plan_step_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state", "planned")),
                            models.Q(("ended_on__isnull", False), ("state__in", ["done", "dropped"])),
                            _connector="OR",
                        ),
                        name="plan_step_ended_whole",
                    ),
                ],
                "indexes": [models.Index(fields=["case", "state", "due_on"], name="plan_step_due")],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Presentation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presentations",
                        to="contacts.groupsession",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="presentations", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "presenter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("follow_up_on", models.DateField(blank=True, null=True, verbose_name="följs upp")),
                ("sheet", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "presentation",
                "verbose_name_plural": "presentationer",
                "ordering": ["created_at"],
                "constraints": [models.UniqueConstraint(fields=("session", "case"), name="presentation_case_once")],
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="contacts.presentation"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("chosen_at", models.DateTimeField(blank=True, null=True, verbose_name="vald")),
                (
                    "plan_step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.planstep",
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "idé",
                "verbose_name_plural": "idéer",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chosen_at__isnull", True), ("plan_step__isnull", True)),
                            models.Q(("chosen_at__isnull", False), ("plan_step__isnull", False)),
                            _connector="OR",
                        ),
                        name="idea_chosen_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("working", "Arbetas fram"),
                            ("submitted", "Väntar på godkännande"),
                            ("approved", "Godkänd"),
                            ("replaced", "Ersatt av en nyare"),
                        ],
                        db_index=True,
                        default="working",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="påbörjad")),
                ("person_approved_on", models.DateField(blank=True, null=True, verbose_name="personen tog ställning")),
                (
                    "person_approved_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed_paper", "Skrev under på papper"),
                            ("said_meeting", "Sa ja vid mötet"),
                            ("said_phone", "Sa ja i telefon"),
                            ("not_approved", "Ville inte godkänna"),
                        ],
                        max_length=16,
                        verbose_name="hur",
                    ),
                ),
                ("follow_up_on", models.DateField(blank=True, null=True, verbose_name="följs upp")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="lämnad för godkännande")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="godkänd")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "återhämtningsplan",
                "verbose_name_plural": "återhämtningsplaner",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["working", "submitted", "approved", "replaced"])),
                        name="plan_state_known",
                    ),
                    models.UniqueConstraint(fields=("case", "number"), name="plan_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["working", "submitted"])),
                        fields=("case",),
                        name="plan_one_not_approved",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")), fields=("case",), name="plan_one_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "working"), ("submitted_at__isnull", True), ("submitted_by__isnull", True)
                            ),
                            models.Q(
                                ("follow_up_on__isnull", False),
                                ("person_approved_on__isnull", False),
                                ("state__in", ["submitted", "approved", "replaced"]),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                models.Q(("person_approved_way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_submitted_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state__in", ["working", "submitted"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["approved", "replaced"]),
                            ),
                            _connector="OR",
                        ),
                        name="plan_decided_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="StepTie",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tie", to="casework.journalnote"
                    ),
                ),
                (
                    "plan_step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="contacts.planstep"
                    ),
                ),
                ("completes", models.BooleanField(default=False, verbose_name="blev klart")),
            ],
            options={
                "verbose_name": "koppling till delmål",
                "verbose_name_plural": "kopplingar till delmål",
            },
        ),
        migrations.CreateModel(
            name="StrengthsAssessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("working", "Pågår"), ("signed", "Signerad")],
                        db_index=True,
                        default="working",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="påbörjad")),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signerad")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="personen tog ställning")),
                (
                    "approved_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed_paper", "Skrev under på papper"),
                            ("said_meeting", "Sa ja vid mötet"),
                            ("said_phone", "Sa ja i telefon"),
                            ("not_approved", "Ville inte godkänna"),
                        ],
                        max_length=16,
                        verbose_name="hur",
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "styrkebedömning",
                "verbose_name_plural": "styrkebedömningar",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["working", "signed"])), name="assessment_state_known"
                    ),
                    models.UniqueConstraint(fields=("case", "number"), name="assessment_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "working")), fields=("case",), name="assessment_one_working"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False), ("state", "signed")),
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True), ("state", "working")),
                            _connector="OR",
                        ),
                        name="assessment_signed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_on__isnull", True), ("approved_way", "")),
                            models.Q(
                                ("approved_on__isnull", False),
                                ("state", "signed"),
                                models.Q(("approved_way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_approved_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="StrengthStatement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="contacts.strengthsassessment",
                    ),
                ),
                (
                    "gone_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="left",
                        to="contacts.strengthsassessment",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewordings",
                        to="contacts.strengthstatement",
                    ),
                ),
                (
                    "domain",
                    models.CharField(
                        choices=[
                            ("daily_life", "Dagligt liv och boende"),
                            ("economy", "Ekonomi"),
                            ("work", "Arbete och utbildning"),
                            ("relations", "Stödjande relationer"),
                            ("health", "Hälsa"),
                            ("leisure", "Fritid"),
                            ("meaning", "Livsåskådning och kultur"),
                        ],
                        max_length=12,
                        verbose_name="livsområde",
                    ),
                ),
                (
                    "column",
                    models.CharField(
                        choices=[("now", "Nuvarande styrkor"), ("wish", "Önskningar"), ("before", "Tidigare resurser")],
                        max_length=8,
                        verbose_name="kolumn",
                    ),
                ),
                (
                    "said_by",
                    models.CharField(
                        choices=[
                            ("person", "Personen själv"),
                            ("close", "Någon i nätverket"),
                            ("worker", "Kontaktpersonen har sett det"),
                        ],
                        max_length=8,
                        verbose_name="vem sa det",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="när")),
                ("may_locate", models.BooleanField(default=False, verbose_name="kan röja var personen är")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "uttalande",
                "verbose_name_plural": "uttalanden",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "domain__in",
                                ["daily_life", "economy", "work", "relations", "health", "leisure", "meaning"],
                            )
                        ),
                        name="statement_domain_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("column__in", ["now", "wish", "before"])), name="statement_column_known"
                    ),
                ],
                "indexes": [models.Index(fields=["case", "domain"], name="statement_case_domain")],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="från och med")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="till och med")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "frånvaro",
                "verbose_name_plural": "frånvaro",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="absence_time_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("meeting", "Möte"), ("reminder", "Påminnelse")], max_length=10, verbose_name="slag"
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("planned", "Inbokat"), ("held", "Klart"), ("cancelled", "Inställt")],
                        db_index=True,
                        default="planned",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="när")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minuter")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "tid",
                "verbose_name_plural": "tider",
                "ordering": ["starts_at"],
                "indexes": [models.Index(fields=["user", "state", "starts_at"], name="appointment_user_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "cancelled"])),
                        name="appointment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "meeting"), ("minutes__isnull", False)),
                            models.Q(("kind", "reminder"), ("minutes__isnull", True)),
                            _connector="OR",
                        ),
                        name="appointment_minutes_of_meeting",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("main", "Kontaktperson"), ("deputy", "Ersättare")],
                        max_length=12,
                        verbose_name="uppdrag",
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("offered", "Väntar på svar"),
                            ("active", "Pågår"),
                            ("declined", "Tackade nej"),
                            ("withdrawn", "Återtaget"),
                            ("ended", "Avslutat"),
                        ],
                        db_index=True,
                        default="offered",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="erbjudet")),
                ("manager_cleared", models.BooleanField(default=False, verbose_name="sektionschefen ser inget jäv")),
                ("user_cleared", models.BooleanField(default=False, verbose_name="kontaktpersonen ser inget jäv")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="svarat")),
                (
                    "decline_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("workload", "Hinner inte"),
                            ("conflict", "Jäv: jag känner någon i ärendet"),
                            ("safety", "Min egen säkerhet"),
                            ("absence", "Är borta"),
                            ("other", "Annat skäl"),
                        ],
                        max_length=12,
                        verbose_name="skäl att tacka nej",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="avslutat")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "uppdrag",
                "verbose_name_plural": "uppdrag",
                "ordering": ["-offered_at"],
                "indexes": [models.Index(fields=["user", "state"], name="assignment_user_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["offered", "active", "declined", "withdrawn", "ended"])),
                        name="assignment_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "main"), ("state", "active")),
                        fields=("case",),
                        name="assignment_one_active_main",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "active"])),
                        fields=("case", "user"),
                        name="assignment_once_per_user",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), _negated=True),
                            models.Q(("answered_at__isnull", False), ("manager_cleared", True), ("user_cleared", True)),
                            _connector="OR",
                        ),
                        name="assignment_cleared_before_active",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "declined"),
                                models.Q(("decline_code", ""), _negated=True),
                            ),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("decline_code", "")),
                            _connector="OR",
                        ),
                        name="assignment_declined_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ["ended", "withdrawn"])),
                            models.Q(
                                models.Q(("state__in", ["ended", "withdrawn"]), _negated=True),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_ended_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="skapad")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="återkallad")),
            ],
            options={
                "verbose_name": "kalenderadress",
                "verbose_name_plural": "kalenderadresser",
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)), fields=("user",), name="feed_one_per_user"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("reviewed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="genomgången")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("go_on", "Fortsätt som nu"),
                            ("more", "Mer stöd behövs"),
                            ("change", "Ändra inriktning"),
                            ("taper", "Börja trappa ned"),
                        ],
                        max_length=8,
                        verbose_name="beslut",
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Lätt"), (2, "Vanlig"), (3, "Tung")], default=2, verbose_name="tyngd"
                    ),
                ),
                ("next_on", models.DateField(verbose_name="nästa genomgång")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="läst av kontaktpersonen")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "ärendegenomgång",
                "verbose_name_plural": "ärendegenomgångar",
                "ordering": ["-reviewed_at"],
                "indexes": [models.Index(fields=["case", "-reviewed_at"], name="review_case_time")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weight__in", [1, 2, 3])), name="review_weight_known")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosingPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closing_plans", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("working", "Arbetas fram"),
                            ("submitted", "Väntar på godkännande"),
                            ("approved", "Godkänd"),
                            ("left", "Stödet fortsatte"),
                        ],
                        db_index=True,
                        default="working",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("farewell_on", models.DateField(blank=True, null=True, verbose_name="avskedsmöte")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goals_reached", "Målen är nådda"),
                            ("own_wish", "Personen vill avsluta"),
                            ("moved", "Flyttat till en annan kommun"),
                            ("other_support", "Annat stöd tar över"),
                            ("no_contact", "Kontakten har upphört"),
                            ("deceased", "Personen har avlidit"),
                            ("other", "Annat skäl"),
                        ],
                        max_length=20,
                        verbose_name="skäl till avslut",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="lämnad för godkännande")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="godkänd")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "plan för avslut",
                "verbose_name_plural": "planer för avslut",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["working", "submitted", "approved", "left"])),
                        name="closing_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["working", "submitted"])),
                        fields=("case",),
                        name="closing_one_going_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["working", "left"]),
                                ("submitted_at__isnull", True),
                                ("submitted_by__isnull", True),
                            ),
                            models.Q(
                                ("state__in", ["submitted", "approved"]),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closing_submitted_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "approved"), _negated=True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False), ("decided_by__isnull", False), ("state", "approved")
                            ),
                            _connector="OR",
                        ),
                        name="closing_decided_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ContactRhythm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rhythms", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "every",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (7, "En gång i veckan"),
                            (14, "Varannan vecka"),
                            (21, "Var tredje vecka"),
                            (30, "En gång i månaden"),
                            (91, "Var tredje månad"),
                        ],
                        verbose_name="hur ofta",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[("support", "Pågående stöd"), ("tapering", "Nedtrappning")],
                        default="support",
                        max_length=10,
                        verbose_name="skede",
                    ),
                ),
                ("agreed_on", models.DateField(verbose_name="överenskommet")),
                ("agreed_with_person", models.BooleanField(default=False, verbose_name="överenskommet med personen")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="gällde till")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "kontaktrytm",
                "verbose_name_plural": "kontaktrytmer",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)), fields=("case",), name="rhythm_one_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every__in", [7, 14, 21, 30, 91])), name="rhythm_every_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("agreed_on")), _connector="OR"
                        ),
                        name="rhythm_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covers", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covers", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="från och med")),
                ("ends_on", models.DateField(verbose_name="till och med")),
                (
                    "extends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="contacts.cover",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="avbrutet")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "täckning",
                "verbose_name_plural": "täckningar",
                "ordering": ["starts_on"],
                "indexes": [models.Index(fields=["substitute", "ends_on"], name="cover_substitute_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="cover_time_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("substitute")), _negated=True), name="cover_by_another"
                    ),
                ],
            },
        ),
    ]
