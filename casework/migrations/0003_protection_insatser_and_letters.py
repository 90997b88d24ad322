import uuid

import django.db.models.deletion
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.crypto.fields


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_children_risk_and_exposures"),
    ]

    operations = [
        migrations.AddField(
            model_name="client",
            name="protection_checked_on",
            field=models.DateField(blank=True, null=True, verbose_name="skyddet kontrollerat"),
        ),
        migrations.AddField(
            model_name="user",
            name="ties_checked_on",
            field=models.DateField(blank=True, null=True, verbose_name="egna anknytningar genomgångna"),
        ),
        migrations.AddField(
            model_name="section",
            name="branch",
            field=models.CharField(
                choices=[("support", "Stöd till våldsutsatta"), ("perpetrators", "Arbete med den som använder våld")],
                default="support",
                max_length=16,
                verbose_name="verksamhetsgren",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("branch__in", ["support", "perpetrators"])), name="section_branch_known"
            ),
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="namn")),
                (
                    "branch",
                    models.CharField(
                        choices=[
                            ("own", "Samma verksamhetsgren"),
                            ("other_branch", "Annan verksamhetsgren i kommunen (OSL 8:2)"),
                            ("actor_authority", "Annan myndighet"),
                            ("actor_private", "Enskild eller ideell verksamhet"),
                        ],
                        max_length=16,
                        verbose_name="verksamhet",
                    ),
                ),
                (
                    "secrecy",
                    models.CharField(
                        choices=[
                            ("strong", "Omvänt skaderekvisit, som hos oss"),
                            ("weak", "Rakt skaderekvisit"),
                            ("duty", "Tystnadsplikt enligt avtal eller lag"),
                            ("no_secrecy", "Ingen sekretess"),
                        ],
                        max_length=12,
                        verbose_name="sekretess",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="används")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "aktör",
                "verbose_name_plural": "aktörer",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="casework.child",
                    ),
                ),
                (
                    "given_by",
                    models.CharField(
                        choices=[
                            ("person", "Personen själv"),
                            ("child_15", "Barnet själv, 15 år eller äldre"),
                            ("guardian", "Vårdnadshavare"),
                        ],
                        max_length=10,
                        verbose_name="lämnat av",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.guardian",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("written", "Skriftligt"), ("oral", "Muntligt")], max_length=8, verbose_name="hur"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="lämnat")),
                ("until", models.DateField(verbose_name="gäller till och med")),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="återkallat")),
                (
                    "withdrawn_by",
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
                "verbose_name": "samtycke",
                "verbose_name_plural": "samtycken",
                "ordering": ["-given_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("given_on"))), name="consent_time_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("child__isnull", True), ("given_by", "person"), ("guardian__isnull", True)),
                            models.Q(("child__isnull", False), ("given_by", "child_15"), ("guardian__isnull", True)),
                            models.Q(("child__isnull", False), ("given_by", "guardian"), ("guardian__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_giver_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoordinationCheck",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="coordination", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "point",
                    models.CharField(
                        choices=[
                            ("one_contact", "Personen vet vem som är hennes kontakt"),
                            ("all_known", "Alla som är inblandade är kartlagda"),
                            ("consents", "Samtycken finns för dem vi pratar med"),
                            ("secrecy", "Vi har gått igenom vad som inte får sägas till vem"),
                            ("protection", "Alla vet att uppgifterna är skyddade och hur de ska hanteras"),
                            ("children_heard", "Varje barn har fått komma till tals"),
                            ("shelter_child", "Barn i skyddat boende: beslut, vårdplan och skola är ordnade"),
                            ("risk_shared", "Riskbedömningen är gjord och rätt personer känner till den"),
                            ("sip_tried", "Vi har prövat om en SIP behövs"),
                            ("who_does", "Det är skrivet vem som gör vad och när det följs upp"),
                            ("acute", "Alla vet vad som gäller om det blir akut"),
                        ],
                        max_length=20,
                        verbose_name="punkt",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="gjort")),
                (
                    "done_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("not_needed", models.BooleanField(default=False, verbose_name="behövs inte")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "punkt i samordningsrutinen",
                "verbose_name_plural": "punkter i samordningsrutinen",
                "ordering": ["-done_on", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="disclosures", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="casework.child",
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("proposed", "Förslag"), ("given", "Utlämnad"), ("refused", "Avslagen")],
                        db_index=True,
                        default="proposed",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.guardian",
                    ),
                ),
                (
                    "provision",
                    models.CharField(
                        choices=[
                            ("osl_12_2", "Personens samtycke (OSL 12 kap. 2 §, 10 kap. 1 §)"),
                            ("osl_10_3", "Partens rätt till insyn (OSL 10 kap. 3 §)"),
                            ("osl_10_2", "Nödvändigt för vår egen verksamhet (OSL 10 kap. 2 §)"),
                            ("osl_10_18c", "Polisen, mot allvarligt våld mot närstående (OSL 10 kap. 18 c §)"),
                            ("osl_10_21", "Misstanke om brott mot barn (OSL 10 kap. 21 §)"),
                            ("osl_10_23", "Misstanke om allvarligt brott (OSL 10 kap. 22–24 §§)"),
                            ("osl_10_19", "Förebygga brott av den som är under 21 (OSL 10 kap. 18 a–20 §§)"),
                            ("osl_10_28", "Uppgiftsskyldighet i lag eller förordning (OSL 10 kap. 28 §)"),
                            ("osl_10_15a", "Brott eller fel betalningar, efter avvägning (OSL 10 kap. 15 a §)"),
                            ("osl_26_1", "Det står klart att ingen lider men (OSL 26 kap. 1 §)"),
                        ],
                        max_length=12,
                        verbose_name="stöd",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="casework.consent",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.actor",
                    ),
                ),
                ("grave", models.BooleanField(default=False, verbose_name="identitet eller plats")),
                ("asked_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="begärd")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="beslutad")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "utlämnande",
                "verbose_name_plural": "utlämnanden",
                "ordering": ["-asked_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "given", "refused"])),
                        name="disclosure_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["given", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grave", False),
                            models.Q(("state", "given"), _negated=True),
                            models.Q(("proposed_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="disclosure_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent__isnull", False), ("provision", "osl_12_2")),
                            models.Q(models.Q(("provision", "osl_12_2"), _negated=True), ("consent__isnull", True)),
                            _connector="OR",
                        ),
                        name="disclosure_consent_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("guardian__isnull", True), ("child__isnull", False), _connector="OR"),
                        name="disclosure_guardian_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Document",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="casework.child",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("doc_decision", "Beslut eller dom"),
                            ("doc_certificate", "Intyg"),
                            ("doc_letter", "Brev"),
                            ("doc_agreement", "Avtal eller kontrakt"),
                            ("doc_picture", "Bild"),
                            ("doc_other", "Annat"),
                        ],
                        max_length=16,
                        verbose_name="slag",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("stored_bytes", models.PositiveIntegerField(default=0, verbose_name="plats")),
                ("destroyed_at", models.DateTimeField(blank=True, null=True, verbose_name="förstört")),
                (
                    "destroyed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("details", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "dokument",
                "verbose_name_plural": "dokument",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", True), ("destroyed_by__isnull", True)),
                            models.Q(("destroyed_at__isnull", False), ("destroyed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="document_destroyed_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentChunk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="casework.document"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("content", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "del av dokument",
                "verbose_name_plural": "delar av dokument",
            },
        ),
        migrations.CreateModel(
            name="IdentityChange",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="identity_changes", to="casework.case"
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
                        choices=[("open", "Texter ska gås igenom"), ("done", "Klart")],
                        db_index=True,
                        default="open",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="klart")),
                (
                    "done_by",
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
                "verbose_name": "byte av identitet",
                "verbose_name_plural": "byten av identitet",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done"])), name="identitychange_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True), ("state", "open")),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False), ("state", "done")),
                            _connector="OR",
                        ),
                        name="identitychange_done_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("client",), name="identitychange_one_open"
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="casework.actor"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="namn")),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("area_housing", "Boende"),
                            ("area_economy", "Ekonomi och skulder"),
                            ("area_school", "Skola och förskola"),
                            ("area_work", "Arbete och utbildning"),
                            ("area_health", "Vård och hälsa"),
                            ("area_visitation", "Umgänge och rättsprocess"),
                            ("area_post", "Post, bank och e-legitimation"),
                            ("area_authorities", "Myndighetskontakter"),
                            ("area_everyday", "Vardag"),
                            ("area_protection", "Skydd och trygghet"),
                        ],
                        max_length=20,
                        verbose_name="område",
                    ),
                ),
                ("for_children", models.BooleanField(default=False, verbose_name="för barn")),
                ("needs_decision", models.BooleanField(default=True, verbose_name="kräver beslut")),
                ("active", models.BooleanField(default=True, verbose_name="används")),
            ],
            options={
                "verbose_name": "insats i registret",
                "verbose_name_plural": "insatser i registret",
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("actor", "name"), name="offer_once")],
            },
        ),
        migrations.CreateModel(
            name="Insats",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="insatser", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="insatser",
                        to="casework.child",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("area_housing", "Boende"),
                            ("area_economy", "Ekonomi och skulder"),
                            ("area_school", "Skola och förskola"),
                            ("area_work", "Arbete och utbildning"),
                            ("area_health", "Vård och hälsa"),
                            ("area_visitation", "Umgänge och rättsprocess"),
                            ("area_post", "Post, bank och e-legitimation"),
                            ("area_authorities", "Myndighetskontakter"),
                            ("area_everyday", "Vardag"),
                            ("area_protection", "Skydd och trygghet"),
                        ],
                        max_length=20,
                        verbose_name="område",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="insatser",
                        to="casework.actor",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="insatser",
                        to="casework.offer",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("need", "Behov"),
                            ("asked", "Efterfrågad"),
                            ("grounded", "Beslutad eller med samtycke"),
                            ("ordered", "Beställd"),
                            ("started", "Pågår"),
                            ("followed_up", "Följs upp"),
                            ("ended", "Avslutad"),
                            ("declined", "Blev inte av"),
                            ("unavailable", "Finns inte att få"),
                        ],
                        db_index=True,
                        default="need",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("noted_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="behovet noterat")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="efterfrågad")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[("decision", "Beslut"), ("consent", "Samtycke, utan behovsprövning")],
                        max_length=10,
                        verbose_name="grund",
                    ),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sol_11_1", "Insatser för skälig levnadsnivå (SoL 11 kap. 1 §)"),
                            ("sol_11_5", "Insats utan behovsprövning (SoL 11 kap. 5 §)"),
                            ("sol_12_1", "Ekonomiskt bistånd (SoL 12 kap. 1 §)"),
                            ("sol_13_1", "Stöd till brottsoffer (SoL 13 kap. 1 §)"),
                            ("sol_13_7", "Kontaktperson enligt SoL 13 kap. 7 § (inte CM-S)"),
                            ("sol_9_5", "Skyddat boende (SoL 9 kap. 5–6 §§)"),
                            ("l_2024_79", "Barn i skyddat boende (lag 2024:79)"),
                            ("other_law", "Annan aktörs ansvar"),
                        ],
                        max_length=10,
                        verbose_name="lagrum",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="insatser",
                        to="casework.consent",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutad")),
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
                ("favourable", models.BooleanField(default=False, verbose_name="bifall")),
                ("ordered_on", models.DateField(blank=True, null=True, verbose_name="beställd")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="började")),
                ("paused_on", models.DateField(blank=True, null=True, verbose_name="avbruten")),
                ("resumed_on", models.DateField(blank=True, null=True, verbose_name="i gång igen")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="följs upp")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutad")),
                ("declined_on", models.DateField(blank=True, null=True, verbose_name="blev inte av")),
                (
                    "declined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_person", "Personen vill inte"),
                            ("by_actor", "Aktören kan inte eller säger nej"),
                            ("refused", "Avslag"),
                            ("consent_withdrawn", "Samtycket är återkallat"),
                            ("unsafe", "Inte säkert nog"),
                            ("queue", "För lång kö"),
                            ("nothing_there", "Insatsen finns inte"),
                        ],
                        max_length=20,
                        verbose_name="varför inte",
                    ),
                ),
                (
                    "obstacle",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("obst_queue", "Kö"),
                            ("obst_housing", "Bostadsbrist"),
                            ("obst_economy", "Skulder eller betalningsanmärkning"),
                            ("obst_income", "Saknar inkomsthistorik"),
                            ("obst_municipality", "Måste byta kommun"),
                            ("obst_school", "Barnens skola"),
                            ("obst_access", "Tillgänglighet"),
                            ("obst_safety", "Säkerheten i området"),
                            ("obst_consent", "Samtycke saknas"),
                            ("obst_person", "Personen vill vänta"),
                            ("obst_actor", "Aktören har inte svarat"),
                        ],
                        max_length=20,
                        verbose_name="hinder",
                    ),
                ),
                ("consent_gone_at", models.DateTimeField(blank=True, null=True, verbose_name="samtycket återkallat")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "insats",
                "verbose_name_plural": "insatser",
                "ordering": ["noted_on", "created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "need",
                                    "asked",
                                    "grounded",
                                    "ordered",
                                    "started",
                                    "followed_up",
                                    "ended",
                                    "declined",
                                    "unavailable",
                                ],
                            )
                        ),
                        name="insats_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("decided_on__isnull", True), ("ground", "")),
                            models.Q(
                                ("consent__isnull", False),
                                ("decided_by__isnull", True),
                                ("decided_on__isnull", True),
                                ("ground", "consent"),
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                ("ground", "decision"),
                                models.Q(("legal_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="insats_ground_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["grounded", "ordered", "started", "followed_up", "ended"]), _negated=True
                            ),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="insats_grounded_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state", "ended")),
                            models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="insats_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("declined_on__isnull", False),
                                ("state__in", ["declined", "unavailable"]),
                                models.Q(("declined", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["declined", "unavailable"]), _negated=True),
                                ("declined", ""),
                                ("declined_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="insats_declined_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["started", "followed_up"]), _negated=True),
                            ("started_on__isnull", False),
                            _connector="OR",
                        ),
                        name="insats_started_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("started_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="insats_end_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resumed_on__isnull", True),
                            models.Q(("paused_on__isnull", False), ("resumed_on__gte", models.F("paused_on"))),
                            _connector="OR",
                        ),
                        name="insats_pause_forward",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="InsatsFollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "insats",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="casework.insats"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="följdes upp")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "uppföljning av insats",
                "verbose_name_plural": "uppföljningar av insatser",
                "ordering": ["-held_on", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("key", models.UUIDField(verbose_name="mall")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="namn")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("letter_notice", "Meddelande"),
                            ("letter_invitation", "Kallelse till möte"),
                            ("letter_decision", "Beslut"),
                            ("letter_request", "Förfrågan"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
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
                ("active", models.BooleanField(default=True, verbose_name="används")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "brevmall",
                "verbose_name_plural": "brevmallar",
                "ordering": ["name", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "number"), name="template_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)), fields=("key",), name="template_one_active"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="casework.lettertemplate",
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("to_person", "Personen i ärendet"),
                            ("to_guardian", "Vårdnadshavare"),
                            ("to_actor", "Aktör"),
                        ],
                        max_length=12,
                        verbose_name="till",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.guardian",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.actor",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="skrivet")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forwarding", "Skatteverkets förmedling"),
                            ("direct", "Post till adress som vi säkert vet"),
                            ("handed", "Lämnas vid ett möte"),
                        ],
                        max_length=12,
                        verbose_name="sätt",
                    ),
                ),
                ("printed_at", models.DateTimeField(blank=True, null=True, verbose_name="utskrivet")),
                (
                    "printed_by",
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
                "verbose_name": "brev",
                "verbose_name_plural": "brev",
                "ordering": ["-written_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", ""), ("printed_at__isnull", True), ("printed_by__isnull", True)),
                            models.Q(
                                ("printed_at__isnull", False),
                                ("printed_by__isnull", False),
                                models.Q(("channel", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_printed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actor__isnull", True), ("guardian__isnull", True), ("recipient", "to_person")),
                            models.Q(
                                ("actor__isnull", True), ("guardian__isnull", False), ("recipient", "to_guardian")
                            ),
                            models.Q(("actor__isnull", False), ("guardian__isnull", True), ("recipient", "to_actor")),
                            _connector="OR",
                        ),
                        name="letter_recipient_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaskingHit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="casework.identitychange"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("model", models.CharField(max_length=60, verbose_name="tabell")),
                ("row", models.UUIDField(verbose_name="rad")),
                ("group", models.CharField(max_length=40, verbose_name="grupp")),
                ("field", models.CharField(max_length=60, verbose_name="fält")),
                ("start", models.PositiveIntegerField(verbose_name="från")),
                ("end", models.PositiveIntegerField(verbose_name="till")),
                ("length", models.PositiveIntegerField(verbose_name="textens längd")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("found", "Inte prövad"),
                            ("proposed", "Väntar på en andra person"),
                            ("masked", "Maskerad"),
                            ("left", "Lämnad som den är"),
                        ],
                        db_index=True,
                        default="found",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("mask", models.BooleanField(default=True, verbose_name="maskeras")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="beslutad")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "träff att maskera",
                "verbose_name_plural": "träffar att maskera",
                "ordering": ["created_at", "model", "row", "start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["found", "proposed", "masked", "left"])),
                        name="hit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="hit_span_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("proposed_by__isnull", True), ("state", "found")),
                            models.Q(
                                ("decided_by__isnull", True), ("proposed_by__isnull", False), ("state", "proposed")
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("proposed_by__isnull", False),
                                ("state__in", ["masked", "left"]),
                                models.Q(("proposed_by", models.F("decided_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hit_by_two",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="RelatedPerson",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="relatives", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("perpetrator", "Utövar våld"),
                            ("collective", "Grupp som står bakom"),
                            ("network", "Stöd runt personen"),
                            ("god_man", "God man"),
                            ("trustee", "Förvaltare"),
                            ("counsel", "Ombud eller målsägandebiträde"),
                        ],
                        max_length=12,
                        verbose_name="del",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("partner", "Partner"),
                            ("former_partner", "Tidigare partner"),
                            ("parent", "Förälder"),
                            ("sibling", "Syskon"),
                            ("child", "Barn"),
                            ("relative", "Annan närstående"),
                            ("rel_god_man", "God man"),
                            ("rel_trustee", "Förvaltare"),
                            ("assistant", "Personlig assistent"),
                            ("foster_home", "Familjehem"),
                            ("fellow_resident", "Medboende i särskilt boende"),
                            ("acquaintance", "Bekant"),
                            ("unknown", "Okänd"),
                        ],
                        max_length=16,
                        verbose_name="relation",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="gäller inte längre")),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "person runt omkring",
                "verbose_name_plural": "personer runt omkring",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="RelatedIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "related",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="index_rows",
                        to="casework.relatedperson",
                    ),
                ),
                ("what", models.CharField(choices=[("name", "Namn"), ("number", "Nummer")], max_length=8)),
                ("value", models.BigIntegerField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("related", "what", "value"), name="relatedindex_once")],
            },
        ),
        migrations.CreateModel(
            name="Release",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="casework.disclosure"
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("marking", "Gås igenom"),
                            ("review", "Väntar på en andra person"),
                            ("ready", "Klar att lämnas ut"),
                            ("handed_out", "Utlämnad"),
                            ("dropped", "Avbruten"),
                        ],
                        db_index=True,
                        default="marking",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="från")),
                ("until", models.DateField(blank=True, null=True, verbose_name="till")),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="granskad")),
                ("handed_out_at", models.DateTimeField(blank=True, null=True, verbose_name="utlämnad")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "utskrift av personakt",
                "verbose_name_plural": "utskrifter av personakter",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["marking", "review", "ready", "handed_out", "dropped"])),
                        name="release_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ready", "handed_out"]), _negated=True),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("begun_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="release_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_out_at__isnull", False), ("state", "handed_out")),
                            models.Q(models.Q(("state", "handed_out"), _negated=True), ("handed_out_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="release_handed_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ReleasePiece",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="casework.release"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("place", models.PositiveIntegerField(verbose_name="ordning")),
                ("model", models.CharField(max_length=60, verbose_name="tabell")),
                ("row", models.UUIDField(verbose_name="rad")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("piece_open", "Inte prövad"),
                            ("piece_show", "Lämnas ut"),
                            ("piece_covered", "Lämnas ut med täckta delar"),
                            ("piece_held", "Lämnas inte ut"),
                        ],
                        default="piece_open",
                        max_length=16,
                        verbose_name="bedömning",
                    ),
                ),
                ("warned", models.BooleanField(default=False, verbose_name="andras uppgifter kan finnas")),
                (
                    "marked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passed_by",
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
                "verbose_name": "del av utskrift",
                "verbose_name_plural": "delar av utskrift",
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("release", "place"), name="piece_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("marked_by__isnull", True), ("passed_by__isnull", True), ("verdict", "piece_open")
                            ),
                            models.Q(
                                ("marked_by__isnull", False),
                                ("verdict__in", ["piece_show", "piece_covered", "piece_held"]),
                            ),
                            _connector="OR",
                        ),
                        name="piece_marked_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passed_by__isnull", True),
                            models.Q(("passed_by", models.F("marked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="piece_by_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sip",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="sips", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sips",
                        to="casework.child",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sips", to="casework.consent"
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("planned", "Planerad"),
                            ("held", "Upprättad"),
                            ("ended", "Avslutad"),
                            ("cancelled", "Blev inte av"),
                        ],
                        db_index=True,
                        default="planned",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "responsible",
                    models.CharField(
                        choices=[("municipality", "Kommunen"), ("region", "Regionen")],
                        max_length=12,
                        verbose_name="huvudansvar",
                    ),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("meeting_at", models.DateTimeField(verbose_name="möte")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="upprättad")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="följs upp")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutad")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "SIP",
                "verbose_name_plural": "SIP",
                "ordering": ["-meeting_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "ended", "cancelled"])),
                        name="sip_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["held", "ended"]), _negated=True),
                            ("held_on__isnull", False),
                            _connector="OR",
                        ),
                        name="sip_held_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state__in", ["ended", "cancelled"])),
                            models.Q(("ended_on__isnull", True), ("state__in", ["planned", "held"])),
                            _connector="OR",
                        ),
                        name="sip_ended_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="SipPart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "sip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="casework.sip"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="klart senast")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="klart")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "del i SIP",
                "verbose_name_plural": "delar i SIP",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="StaffTie",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ties", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("declared_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="anmäld")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="gäller inte längre")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "egen anknytning",
                "verbose_name_plural": "egna anknytningar",
                "ordering": ["declared_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("declared_on")), _connector="OR"
                        ),
                        name="tie_time_forward",
                    )
                ],
            },
        ),
    ]
