import uuid

import django.db.models.deletion
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.crypto.fields
import housing.needs.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0003_protection_insatser_and_letters"),
        ("casework", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Landlord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="namn")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "Kommunal hyresvärd"),
                            ("private", "Privat hyresvärd"),
                            ("city", "Staden själv"),
                        ],
                        max_length=8,
                        verbose_name="slag",
                    ),
                ),
                ("pilot", models.BooleanField(default=False, verbose_name="med i piloten med Fastighetsägarna Syd")),
                ("active", models.BooleanField(default=True, verbose_name="samarbetar med oss")),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "hyresvärd",
                "verbose_name_plural": "hyresvärdar",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="TrackKind",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="nyckel")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="namn")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("way_shelter", "Skyddat boende"),
                            ("way_kompott", "Byte mellan kommuner (Kompott)"),
                            ("way_fortur", "Förtur"),
                            ("way_private", "Privat hyresvärd"),
                            ("way_plain", "Annan väg"),
                        ],
                        max_length=16,
                        verbose_name="slag",
                    ),
                ),
                (
                    "receiver",
                    models.CharField(
                        choices=[
                            ("coordinator", "Boendesamordnaren"),
                            ("provider", "Skyddat boende"),
                            ("municipality", "Annan kommun"),
                            ("public_landlord", "Kommunal hyresvärd"),
                            ("private_landlord", "Privat hyresvärd"),
                            ("housing_queue", "Bostadskö"),
                        ],
                        max_length=20,
                        verbose_name="mottagare",
                    ),
                ),
                (
                    "lease",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first_hand", "Förstahandskontrakt"),
                            ("sublease", "Andrahandskontrakt via socialtjänsten"),
                            ("transition", "Övergångskontrakt"),
                            ("transitional_home", "Genomgångsbostad"),
                            ("trial_flat", "Försöks- eller träningslägenhet"),
                        ],
                        max_length=20,
                        verbose_name="vanligt kontrakt",
                    ),
                ),
                ("answer_days", models.PositiveSmallIntegerField(default=30, verbose_name="dagar till svar")),
                ("decision", models.BooleanField(default=False, verbose_name="kräver beslut")),
                ("viewing", models.BooleanField(default=True, verbose_name="har visning")),
                ("active", models.BooleanField(default=True, verbose_name="används")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="ordning")),
            ],
            options={
                "verbose_name": "väg till ett hem",
                "verbose_name_plural": "vägar till ett hem",
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="namn")),
                ("valid_from", models.DateField(verbose_name="gäller från")),
                ("valid_until", models.DateField(verbose_name="gäller till och med")),
                ("answer_days", models.PositiveSmallIntegerField(verbose_name="dagar till svar")),
                (
                    "lease",
                    models.CharField(
                        choices=[
                            ("first_hand", "Förstahandskontrakt"),
                            ("sublease", "Andrahandskontrakt via socialtjänsten"),
                            ("transition", "Övergångskontrakt"),
                            ("transitional_home", "Genomgångsbostad"),
                            ("trial_flat", "Försöks- eller träningslägenhet"),
                        ],
                        max_length=20,
                        verbose_name="kontrakt",
                    ),
                ),
                (
                    "sublet_months",
                    models.PositiveSmallIntegerField(default=12, verbose_name="månader före övertagande"),
                ),
                ("words", casework.crypto.fields.SealedField()),
            ],
            options={
                "verbose_name": "avtal om byte",
                "verbose_name_plural": "avtal om byte",
                "ordering": ["-valid_from", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="agreement_time_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("verify_key", models.CharField(max_length=64, unique=True, verbose_name="nyckel för underskrift")),
                ("seal_key", models.CharField(max_length=64, unique=True, verbose_name="nyckel för försegling")),
                ("in_use", models.BooleanField(default=True, verbose_name="används")),
                ("secret", casework.crypto.fields.SealedField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "nyckelpar för byten",
                "verbose_name_plural": "nyckelpar för byten",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("in_use", True)), fields=("in_use",), name="exchangekey_one_in_use"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HousingNeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "token",
                    models.CharField(
                        default=housing.needs.models.new_token,
                        editable=False,
                        max_length=8,
                        unique=True,
                        verbose_name="beteckning",
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Under arbete"),
                            ("published", "Hos boendesamordnaren"),
                            ("met", "Har ett hem"),
                            ("withdrawn", "Återtaget"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("urgency", models.CharField(max_length=8, verbose_name="brådska")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="till boendesamordnaren")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutat")),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("need_person", "Personen vill inte längre"),
                            ("need_own_home", "Löste boendet själv"),
                            ("need_moved_away", "Flyttade från kommunen"),
                            ("need_case_closed", "Stödet avslutades"),
                            ("need_recast", "Ersätts av ett nytt behov"),
                        ],
                        max_length=20,
                        verbose_name="varför återtaget",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="housing_needs", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "boendebehov",
                "verbose_name_plural": "boendebehov",
                "ordering": ["published_at", "created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "met", "withdrawn"])),
                        name="need_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "published"])),
                        fields=("case",),
                        name="need_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="need_published_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state__in", ["met", "withdrawn"])),
                            models.Q(("ended_on__isnull", True), ("state__in", ["draft", "published"])),
                            _connector="OR",
                        ),
                        name="need_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), models.Q(("withdrawn_why", ""), _negated=True)),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_why", "")),
                            _connector="OR",
                        ),
                        name="need_withdrawn_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="KnownPlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="gäller inte längre")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="known_places", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "related",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="known_places",
                        to="casework.relatedperson",
                    ),
                ),
            ],
            options={
                "verbose_name": "känd plats",
                "verbose_name_plural": "kända platser",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="AgreementMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.CharField(max_length=4, verbose_name="kommunkod")),
                ("name", models.CharField(max_length=60, verbose_name="kommun")),
                ("own", models.BooleanField(default=False, verbose_name="vår egen kommun")),
                ("verify_key", models.CharField(blank=True, max_length=64, verbose_name="nyckel för underskrift")),
                ("seal_key", models.CharField(blank=True, max_length=64, verbose_name="nyckel för försegling")),
                ("keys_checked_on", models.DateField(blank=True, null=True, verbose_name="nycklarna kontrollerade")),
                ("active", models.BooleanField(default=True, verbose_name="deltar")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="housing.agreement"
                    ),
                ),
            ],
            options={
                "verbose_name": "kommun i avtal",
                "verbose_name_plural": "kommuner i avtal",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "code"), name="member_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("own", True)), fields=("agreement",), name="member_one_own"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("keys_checked_on__isnull", True), ("seal_key", ""), ("verify_key", "")),
                            models.Q(
                                models.Q(("verify_key", ""), _negated=True),
                                models.Q(("seal_key", ""), _negated=True),
                                ("keys_checked_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="member_keys_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=16, unique=True, verbose_name="beteckning")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("free", "Ledig"),
                            ("home_offered", "Erbjuden"),
                            ("reserved", "Reserverad"),
                            ("taken", "Upptagen"),
                            ("home_gone", "Finns inte längre"),
                        ],
                        db_index=True,
                        default="free",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "lease",
                    models.CharField(
                        choices=[
                            ("first_hand", "Förstahandskontrakt"),
                            ("sublease", "Andrahandskontrakt via socialtjänsten"),
                            ("transition", "Övergångskontrakt"),
                            ("transitional_home", "Genomgångsbostad"),
                            ("trial_flat", "Försöks- eller träningslägenhet"),
                        ],
                        max_length=20,
                        verbose_name="kontrakt",
                    ),
                ),
                ("area", models.CharField(max_length=20, verbose_name="område")),
                ("rooms", models.PositiveSmallIntegerField(verbose_name="rum")),
                ("rent", models.PositiveIntegerField(verbose_name="hyra per månad")),
                ("pets", models.BooleanField(default=True, verbose_name="djur får finnas")),
                ("available_from", models.DateField(verbose_name="ledig från")),
                ("available_until", models.DateField(blank=True, null=True, verbose_name="svar senast")),
                (
                    "safety",
                    models.CharField(
                        choices=[
                            ("unchecked", "Inte kontrollerad"),
                            ("safety_good", "Utan anmärkning"),
                            ("safety_faults", "Med brister"),
                            ("safety_unfit", "Inte lämplig"),
                        ],
                        default="unchecked",
                        max_length=16,
                        verbose_name="säkerhetskontroll",
                    ),
                ),
                ("safety_on", models.DateField(blank=True, null=True, verbose_name="kontrollerad")),
                ("block_let", models.BooleanField(default=False, verbose_name="blockförhyrd (minst tre lägenheter)")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="homes", to="housing.landlord"
                    ),
                ),
            ],
            options={
                "verbose_name": "bostad",
                "verbose_name_plural": "bostäder",
                "ordering": ["available_from", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["free", "home_offered", "reserved", "taken", "home_gone"])),
                        name="home_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("safety", "unchecked"), ("safety_on__isnull", True)),
                            models.Q(models.Q(("safety", "unchecked"), _negated=True), ("safety_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="home_safety_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Cooperation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("valid_from", models.DateField(verbose_name="gäller från")),
                ("valid_until", models.DateField(verbose_name="gäller till och med")),
                ("homes_a_year", models.PositiveSmallIntegerField(default=0, verbose_name="bostäder om året")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cooperations", to="housing.landlord"
                    ),
                ),
            ],
            options={
                "verbose_name": "samarbetsavtal",
                "verbose_name_plural": "samarbetsavtal",
                "ordering": ["-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="cooperation_time_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LandlordContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="slutade")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="housing.landlord"
                    ),
                ),
            ],
            options={
                "verbose_name": "kontakt hos hyresvärd",
                "verbose_name_plural": "kontakter hos hyresvärdar",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="LandlordTalk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("talked_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="när")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="housing.landlord"
                    ),
                ),
            ],
            options={
                "verbose_name": "samtal med hyresvärd",
                "verbose_name_plural": "samtal med hyresvärdar",
                "ordering": ["-talked_on", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="NeedVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="skriven")),
                ("profile", casework.crypto.fields.SealedField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="housing.housingneed"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "version av boendebehov",
                "verbose_name_plural": "versioner av boendebehov",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("need", "number"), name="needversion_once")],
            },
        ),
        migrations.CreateModel(
            name="PilotFollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "after",
                    models.CharField(
                        choices=[("m3", "3 månader"), ("m6", "6 månader"), ("m12", "12 månader")],
                        max_length=4,
                        verbose_name="efter",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="gjordes")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("went_well", "Gick bra"),
                            ("went_mixed", "Gick delvis bra"),
                            ("went_badly", "Gick inte bra"),
                        ],
                        max_length=12,
                        verbose_name="resultat",
                    ),
                ),
                ("goes_on", models.BooleanField(default=True, verbose_name="samarbetet fortsätter")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilot_follow_ups",
                        to="housing.landlord",
                    ),
                ),
            ],
            options={
                "verbose_name": "uppföljning av pilot",
                "verbose_name_plural": "uppföljningar av pilot",
                "ordering": ["held_on"],
                "constraints": [models.UniqueConstraint(fields=("landlord", "after"), name="pilotfollowup_once")],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("planned", "Planeras"),
                            ("applied", "Sökt"),
                            ("queued", "Väntar på en bostad"),
                            ("offered", "Erbjudande"),
                            ("viewing", "Visning"),
                            ("accepted", "Tackat ja"),
                            ("contract", "Kontrakt"),
                            ("moved", "Inflyttad"),
                            ("ended", "Avslutat"),
                            ("declined", "Fick nej"),
                            ("withdrawn", "Återtaget"),
                            ("expired", "Tiden gick ut"),
                        ],
                        db_index=True,
                        default="planned",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "waits_on",
                    models.CharField(
                        choices=[
                            ("waits_us", "Kontaktpersonen"),
                            ("waits_coordinator", "Boendesamordnaren"),
                            ("waits_person", "Personen"),
                            ("waits_receiver", "Mottagaren"),
                            ("waits_chief", "Sektionschefen"),
                        ],
                        default="waits_us",
                        max_length=20,
                        verbose_name="väntar på",
                    ),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="nästa dag")),
                ("started_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="började")),
                ("applied_on", models.DateField(blank=True, null=True, verbose_name="sökt")),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="svar senast")),
                ("offered_on", models.DateField(blank=True, null=True, verbose_name="erbjudande")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="tackade ja")),
                ("contract_on", models.DateField(blank=True, null=True, verbose_name="kontrakt")),
                ("moved_on", models.DateField(blank=True, null=True, verbose_name="nycklar")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutat")),
                (
                    "declined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_home", "Ingen ledig bostad"),
                            ("quota_full", "Årets kvot är fylld"),
                            ("no_fit", "Bostaden passar inte behovet"),
                            ("economy", "Uppfyller inte hyresvärdens krav på ekonomi"),
                            ("unsafe", "Inte säkert nog"),
                            ("too_near", "För nära någon eller något som ska undvikas"),
                            ("person_declined", "Personen tackade nej"),
                            ("consent_missing", "Samtycke saknas eller är återkallat"),
                            ("not_entitled", "Uppfyller inte villkoren"),
                            ("too_late", "Svaret kom för sent"),
                            ("home_gone", "Bostaden blev inte ledig"),
                            ("other_home", "Fick en annan bostad"),
                        ],
                        max_length=20,
                        verbose_name="varför inte",
                    ),
                ),
                (
                    "offers_declined",
                    models.PositiveSmallIntegerField(default=0, verbose_name="erbjudanden som blev nej"),
                ),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="housing_tracks", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housing_tracks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "insats",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housing_tracks",
                        to="casework.insats",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="housing.housingneed"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="housing.trackkind"
                    ),
                ),
            ],
            options={
                "verbose_name": "väg i ett ärende",
                "verbose_name_plural": "vägar i ärenden",
                "ordering": ["started_on", "created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "planned",
                                    "applied",
                                    "queued",
                                    "offered",
                                    "viewing",
                                    "accepted",
                                    "contract",
                                    "moved",
                                    "ended",
                                    "declined",
                                    "withdrawn",
                                    "expired",
                                ],
                            )
                        ),
                        name="track_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "applied", "queued", "offered", "viewing", "accepted", "contract"],
                            )
                        ),
                        fields=("need", "kind"),
                        name="track_one_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                ("state__in", ["declined", "withdrawn", "expired"]),
                                models.Q(("declined", ""), _negated=True),
                            ),
                            models.Q(("declined", ""), ("ended_on__isnull", False), ("state", "ended")),
                            models.Q(
                                models.Q(("state__in", ["ended", "declined", "withdrawn", "expired"]), _negated=True),
                                ("declined", ""),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="track_gone_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["applied", "queued"]), _negated=True),
                            ("applied_on__isnull", False),
                            _connector="OR",
                        ),
                        name="track_applied_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "moved"), _negated=True), ("moved_on__isnull", False), _connector="OR"
                        ),
                        name="track_moved_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("held_on", models.DateField(verbose_name="hölls")),
                ("held_by", models.CharField(max_length=80, verbose_name="av")),
                (
                    "content",
                    models.CharField(
                        choices=[
                            ("training_basics", "Våld och skyddade personuppgifter"),
                            ("training_honour", "Hedersrelaterat våld och förtryck"),
                            ("training_secrecy", "Att hålla uppgifter för sig själv"),
                            ("training_letting", "Att hyra ut tryggt"),
                        ],
                        max_length=20,
                        verbose_name="innehåll",
                    ),
                ),
                ("took_part", models.PositiveSmallIntegerField(default=1, verbose_name="deltagare")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="nästa")),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trainings", to="housing.landlord"
                    ),
                ),
            ],
            options={
                "verbose_name": "utbildning",
                "verbose_name_plural": "utbildningar",
                "ordering": ["-held_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on__isnull", True), ("next_on__gt", models.F("held_on")), _connector="OR"
                        ),
                        name="training_next_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("message", models.UUIDField(verbose_name="meddelande")),
                (
                    "direction",
                    models.CharField(
                        choices=[("out", "Skickad"), ("in", "Mottagen")], max_length=4, verbose_name="riktning"
                    ),
                ),
                ("reference", models.CharField(max_length=16, verbose_name="beteckning")),
                ("kind", models.CharField(max_length=16, verbose_name="slag")),
                ("expires_at", models.DateTimeField(verbose_name="gäller till")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="housing.agreementmember"
                    ),
                ),
            ],
            options={
                "verbose_name": "fil mellan kommuner",
                "verbose_name_plural": "filer mellan kommuner",
                "ordering": ["-created_at"],
                "constraints": [models.UniqueConstraint(fields=("direction", "message"), name="exchangefile_once")],
            },
        ),
        migrations.CreateModel(
            name="Liaison",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[("kompott_liaison", "Kompott-kontaktperson"), ("kompott_manager", "Samverkansperson")],
                        max_length=16,
                        verbose_name="roll",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="slutade")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="liaisons",
                        to="housing.agreementmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "kontakt i annan kommun",
                "verbose_name_plural": "kontakter i andra kommuner",
                "ordering": ["role", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="PlaceIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField(db_index=True)),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="index_rows",
                        to="housing.home",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="index_rows",
                        to="housing.knownplace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("home__isnull", False), ("place__isnull", True)),
                            models.Q(("home__isnull", True), ("place__isnull", False)),
                            _connector="OR",
                        ),
                        name="placeindex_one_owner",
                    ),
                    models.UniqueConstraint(fields=("home", "value"), name="placeindex_home_once"),
                    models.UniqueConstraint(fields=("place", "value"), name="placeindex_place_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("homes", models.PositiveSmallIntegerField(verbose_name="bostäder")),
                ("taken", models.PositiveSmallIntegerField(default=0, verbose_name="använda")),
                (
                    "landlord",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="housing.landlord",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="housing.agreementmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "kvot",
                "verbose_name_plural": "kvoter",
                "ordering": ["year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("taken__lte", models.F("homes"))), name="quota_not_overdrawn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("landlord__isnull", True), ("member__isnull", False)),
                            models.Q(("landlord__isnull", False), ("member__isnull", True)),
                            _connector="OR",
                        ),
                        name="quota_one_holder",
                    ),
                    models.UniqueConstraint(fields=("member", "year"), name="quota_member_once"),
                    models.UniqueConstraint(fields=("landlord", "year"), name="quota_landlord_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShelterStay",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("decided", "Beslutad"),
                            ("waiting_court", "Väntar på förvaltningsrätten"),
                            ("staying", "Pågår"),
                            ("ended", "Avslutad"),
                            ("lapsed", "Beslutet upphörde att gälla"),
                        ],
                        db_index=True,
                        default="decided",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("adult", "Den vuxnas egen insats (SoL 9 kap. 5–6 §§)"),
                            ("all_consent", "Alla vårdnadshavare samtycker"),
                            ("court", "Förvaltningsrättens beslut (lag 2024:79, 3 kap.)"),
                            ("immediate", "Omedelbar insats (lag 2024:79, 4 kap.)"),
                        ],
                        max_length=12,
                        verbose_name="grund",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="beslutad")),
                (
                    "submitted_on",
                    models.DateField(blank=True, null=True, verbose_name="underställd förvaltningsrätten"),
                ),
                (
                    "confirmed_on",
                    models.DateField(blank=True, null=True, verbose_name="fastställd av förvaltningsrätten"),
                ),
                ("applied_on", models.DateField(blank=True, null=True, verbose_name="ansökt hos förvaltningsrätten")),
                ("apply_extended_to", models.DateField(blank=True, null=True, verbose_name="förlängd tid för ansökan")),
                (
                    "court_decided_on",
                    models.DateField(blank=True, null=True, verbose_name="förvaltningsrättens beslut"),
                ),
                ("court_final_on", models.DateField(blank=True, null=True, verbose_name="beslutet fick laga kraft")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="började")),
                ("considered_on", models.DateField(blank=True, null=True, verbose_name="senast övervägd")),
                ("care_plan_on", models.DateField(blank=True, null=True, verbose_name="vårdplan")),
                ("implementation_plan_on", models.DateField(blank=True, null=True, verbose_name="genomförandeplan")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutad")),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stay_own_home", "Flyttade till ett eget hem"),
                            ("stay_other_shelter", "Flyttade till ett annat skyddat boende"),
                            ("stay_left", "Lämnade på egen begäran"),
                            ("stay_back", "Flyttade tillbaka"),
                            ("stay_guardians_ended", "Vårdnadshavarens insats upphörde (7 kap. 1 §)"),
                            ("stay_adult", "Barnet fyllde 18 år (7 kap. 1 §)"),
                            ("stay_no_need", "Behövs inte längre"),
                            ("stay_exposed", "Stället blev röjt"),
                            ("stay_consent", "Samtycket gällde inte längre"),
                        ],
                        max_length=20,
                        verbose_name="varför",
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
                ("place", casework.crypto.fields.SealedField()),
                (
                    "adult_stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="childrens_stays",
                        to="housing.shelterstay",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shelter_stays", to="casework.case"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shelter_stays",
                        to="casework.child",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.actor"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="housing.track",
                    ),
                ),
            ],
            options={
                "verbose_name": "vistelse i skyddat boende",
                "verbose_name_plural": "vistelser i skyddat boende",
                "ordering": ["-decided_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["decided", "waiting_court", "staying", "ended", "lapsed"])),
                        name="stay_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adult_stay__isnull", True), ("child__isnull", True), ("ground", "adult")),
                            models.Q(
                                ("adult_stay__isnull", False),
                                ("child__isnull", False),
                                models.Q(("ground", "adult"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stay_child_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "staying"), _negated=True),
                            ("started_on__isnull", False),
                            _connector="OR",
                        ),
                        name="stay_started_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state__in", ["ended", "lapsed"])),
                            models.Q(
                                models.Q(("state__in", ["ended", "lapsed"]), _negated=True),
                                ("ended_on__isnull", True),
                                ("ended_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="stay_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("decided_on")), _connector="OR"
                        ),
                        name="stay_end_forward",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["decided", "waiting_court", "staying"])),
                        fields=("client",),
                        name="stay_one_at_a_time",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Tenancy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("signed", "Kontrakt"),
                            ("living", "Bor där"),
                            ("taken_over", "Kontraktet är hennes eget"),
                            ("tenancy_ended", "Avslutat"),
                        ],
                        db_index=True,
                        default="signed",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "lease",
                    models.CharField(
                        choices=[
                            ("first_hand", "Förstahandskontrakt"),
                            ("sublease", "Andrahandskontrakt via socialtjänsten"),
                            ("transition", "Övergångskontrakt"),
                            ("transitional_home", "Genomgångsbostad"),
                            ("trial_flat", "Försöks- eller träningslägenhet"),
                        ],
                        max_length=20,
                        verbose_name="kontrakt",
                    ),
                ),
                (
                    "tenant",
                    models.CharField(
                        choices=[("tenant_city", "Kommunen"), ("tenant_person", "Personen själv")],
                        max_length=16,
                        verbose_name="står på kontraktet",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="börjar")),
                ("trial_until", models.DateField(blank=True, null=True, verbose_name="prövotid till och med")),
                ("takeover_on", models.DateField(blank=True, null=True, verbose_name="övertagande planerat")),
                ("moved_in_on", models.DateField(blank=True, null=True, verbose_name="nycklar")),
                ("taken_over_on", models.DateField(blank=True, null=True, verbose_name="övertaget")),
                ("rent", models.PositiveIntegerField(verbose_name="hyra per månad")),
                ("block_let", models.BooleanField(default=False, verbose_name="blockförhyrd (JB 12 kap. 45 §)")),
                ("waiver_on", models.DateField(blank=True, null=True, verbose_name="avstår från besittningsskydd")),
                (
                    "waiver_approval",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hyresnamnden", "Godkänt av hyresnämnden"),
                            ("not_needed", "Godkännande behövs inte (JB 12 kap. 45 a §)"),
                        ],
                        max_length=16,
                        verbose_name="godkännande",
                    ),
                ),
                ("waiver_approved_on", models.DateField(blank=True, null=True, verbose_name="godkänt")),
                (
                    "waiver_until",
                    models.DateField(blank=True, null=True, verbose_name="avståendet gäller till och med"),
                ),
                ("has_spouse", models.BooleanField(default=False, verbose_name="bor med make eller sambo")),
                (
                    "spouse_accepted_on",
                    models.DateField(blank=True, null=True, verbose_name="make eller sambo har godtagit"),
                ),
                ("next_visit_on", models.DateField(blank=True, null=True, verbose_name="nästa tillsyn")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutat")),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved_on", "Flyttade till ett annat hem"),
                            ("tenancy_unsafe", "Hemmet var inte säkert längre"),
                            ("rent_debt", "Hyresskuld"),
                            ("disturbance", "Störningar"),
                            ("time_over", "Tiden gick ut"),
                            ("landlord_ended", "Hyresvärden sade upp"),
                            ("person_ended", "Personen sade upp"),
                            ("returned", "Flyttade tillbaka"),
                        ],
                        max_length=20,
                        verbose_name="varför",
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenancies", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenancies",
                        to="housing.home",
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.landlord",
                    ),
                ),
                (
                    "track",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenancy",
                        to="housing.track",
                    ),
                ),
            ],
            options={
                "verbose_name": "hyresförhållande",
                "verbose_name_plural": "hyresförhållanden",
                "ordering": ["-starts_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["signed", "living", "taken_over", "tenancy_ended"])),
                        name="tenancy_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("moved_in_on__isnull", True), ("state", "signed")),
                            models.Q(("moved_in_on__isnull", False), ("state__in", ["living", "taken_over"])),
                            ("state", "tenancy_ended"),
                            _connector="OR",
                        ),
                        name="tenancy_moved_in_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                ("state", "tenancy_ended"),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "tenancy_ended"), _negated=True),
                                ("ended_on__isnull", True),
                                ("ended_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="tenancy_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("moved_in_on__isnull", True),
                            ("ended_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="tenancy_end_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "taken_over"), ("taken_over_on__isnull", False), ("tenant", "tenant_person")
                            ),
                            models.Q(("state", "taken_over"), _negated=True),
                            _connector="OR",
                        ),
                        name="tenancy_taken_over_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("waiver_approval", ""),
                                ("waiver_approved_on__isnull", True),
                                ("waiver_on__isnull", True),
                            ),
                            ("waiver_on__isnull", False),
                            _connector="OR",
                        ),
                        name="tenancy_waiver_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("waiver_approval", "hyresnamnden"), _negated=True),
                            ("waiver_approved_on__isnull", False),
                            _connector="OR",
                        ),
                        name="tenancy_approval_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("home__isnull", False), models.Q(("state", "tenancy_ended"), _negated=True)
                        ),
                        fields=("home",),
                        name="tenancy_one_of_a_home",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="HomeHold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("hold_offered", "Erbjuden"),
                            ("hold_reserved", "Reserverad"),
                            ("hold_taken", "Upptagen"),
                            ("hold_released", "Släppt"),
                        ],
                        db_index=True,
                        default="hold_offered",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("offered_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="erbjuden")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="svar senast")),
                ("viewing_at", models.DateTimeField(blank=True, null=True, verbose_name="visning")),
                ("released_on", models.DateField(blank=True, null=True, verbose_name="släppt")),
                (
                    "released_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_home", "Ingen ledig bostad"),
                            ("quota_full", "Årets kvot är fylld"),
                            ("no_fit", "Bostaden passar inte behovet"),
                            ("economy", "Uppfyller inte hyresvärdens krav på ekonomi"),
                            ("unsafe", "Inte säkert nog"),
                            ("too_near", "För nära någon eller något som ska undvikas"),
                            ("person_declined", "Personen tackade nej"),
                            ("consent_missing", "Samtycke saknas eller är återkallat"),
                            ("not_entitled", "Uppfyller inte villkoren"),
                            ("too_late", "Svaret kom för sent"),
                            ("home_gone", "Bostaden blev inte ledig"),
                            ("other_home", "Fick en annan bostad"),
                        ],
                        max_length=20,
                        verbose_name="varför",
                    ),
                ),
                ("words", casework.crypto.fields.SealedField()),
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
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="housing.home"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="housing.track"
                    ),
                ),
            ],
            options={
                "verbose_name": "hållen bostad",
                "verbose_name_plural": "hållna bostäder",
                "ordering": ["-offered_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["hold_offered", "hold_reserved", "hold_taken", "hold_released"])
                        ),
                        name="hold_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "hold_released"), _negated=True),
                        fields=("home",),
                        name="hold_one_of_a_home",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "hold_released"), _negated=True),
                        fields=("track",),
                        name="hold_one_of_a_track",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("released_on__isnull", False),
                                ("state", "hold_released"),
                                models.Q(("released_why", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "hold_released"), _negated=True),
                                ("released_on__isnull", True),
                                ("released_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="hold_released_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ColocationDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("asked", "Väntar på sektionschefens beslut"),
                            ("object", "Nej, inte det här hemmet"),
                            ("go_on", "Ja, hemmet är ändå säkert nog"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="beslut",
                    ),
                ),
                ("same_building", models.BooleanField(default=False, verbose_name="någon annan i samma hus")),
                (
                    "near_perpetrator",
                    models.BooleanField(default=False, verbose_name="känd plats för någon som använt våld"),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="frågat")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="beslutat")),
                ("words", casework.crypto.fields.SealedField()),
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
                    "asked_by",
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
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="colocation_decisions",
                        to="housing.home",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="colocation_decisions",
                        to="housing.track",
                    ),
                ),
            ],
            options={
                "verbose_name": "beslut efter varning",
                "verbose_name_plural": "beslut efter varningar",
                "ordering": ["-asked_at", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("same_building", True), ("near_perpetrator", True), _connector="OR"),
                        name="colocation_has_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "asked")
                        )
                        | models.Q(
                            ("decided_at__isnull", False),
                            ("decided_by__isnull", False),
                            ("decision__in", ["object", "go_on"]),
                        ),
                        name="colocation_decided_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "asked")),
                        fields=("home", "track"),
                        name="colocation_one_question",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackObstacle",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("obstacle", models.CharField(max_length=20, verbose_name="hinder")),
                ("noted_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="noterat")),
                ("gone_on", models.DateField(blank=True, null=True, verbose_name="borta")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="obstacles", to="housing.track"
                    ),
                ),
            ],
            options={
                "verbose_name": "hinder på en väg",
                "verbose_name_plural": "hinder på vägar",
                "ordering": ["noted_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone_on__isnull", True)),
                        fields=("track", "obstacle"),
                        name="trackobstacle_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackStage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("stage_token", "Bara beteckningen"),
                            ("stage_profile", "Behovet, utan vem"),
                            ("stage_matched", "Behovet och hemmet hör ihop"),
                            ("stage_consented", "Med samtycke, utan namn"),
                            ("stage_named", "Namnet"),
                        ],
                        max_length=16,
                        verbose_name="steg",
                    ),
                ),
                (
                    "receiver",
                    models.CharField(
                        choices=[
                            ("coordinator", "Boendesamordnaren"),
                            ("provider", "Skyddat boende"),
                            ("municipality", "Annan kommun"),
                            ("public_landlord", "Kommunal hyresvärd"),
                            ("private_landlord", "Privat hyresvärd"),
                            ("housing_queue", "Bostadskö"),
                        ],
                        max_length=20,
                        verbose_name="mottagare",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="upphörde")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.consent"
                    ),
                ),
                (
                    "disclosure",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housing_stage",
                        to="casework.disclosure",
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.homehold",
                    ),
                ),
                (
                    "need_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="housing.needversion"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stages", to="housing.track"
                    ),
                ),
            ],
            options={
                "verbose_name": "steg i vad en mottagare vet",
                "verbose_name_plural": "steg i vad mottagare vet",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disclosure__isnull", True), ("receiver", "coordinator")),
                            models.Q(
                                models.Q(("receiver", "coordinator"), _negated=True), ("disclosure__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="stage_disclosure_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.journalnote"
                    ),
                ),
                (
                    "tied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="housing.track"
                    ),
                ),
            ],
            options={
                "verbose_name": "stödsteg om en väg",
                "verbose_name_plural": "stödsteg om vägar",
                "ordering": ["-created_at"],
                "constraints": [models.UniqueConstraint(fields=("track", "note"), name="trackstep_once")],
            },
        ),
        migrations.CreateModel(
            name="KompottOffer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reference", models.CharField(max_length=16, verbose_name="beteckning")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("new", "Inte skickad"),
                            ("sent", "Skickad"),
                            ("acknowledged", "Mottagen"),
                            ("offered", "Erbjudande"),
                            ("accepted", "Tackat ja"),
                            ("contract", "Kontrakt"),
                            ("moved", "Inflyttad"),
                            ("transferred", "Ärendet överflyttat"),
                            ("kept", "Ärendet kvar hos hemkommunen"),
                            ("closed", "Avslutad"),
                            ("declined", "Fick nej"),
                            ("withdrawn", "Återtagen"),
                            ("expired", "Tiden gick ut"),
                        ],
                        db_index=True,
                        default="new",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="skickad")),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="svar senast")),
                ("offered_on", models.DateField(blank=True, null=True, verbose_name="erbjudande")),
                ("moved_on", models.DateField(blank=True, null=True, verbose_name="inflyttad")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutad")),
                (
                    "declined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_home", "Ingen ledig bostad"),
                            ("quota_full", "Årets kvot är fylld"),
                            ("no_fit", "Bostaden passar inte behovet"),
                            ("economy", "Uppfyller inte hyresvärdens krav på ekonomi"),
                            ("unsafe", "Inte säkert nog"),
                            ("too_near", "För nära någon eller något som ska undvikas"),
                            ("person_declined", "Personen tackade nej"),
                            ("consent_missing", "Samtycke saknas eller är återkallat"),
                            ("not_entitled", "Uppfyller inte villkoren"),
                            ("too_late", "Svaret kom för sent"),
                            ("home_gone", "Bostaden blev inte ledig"),
                            ("other_home", "Fick en annan bostad"),
                        ],
                        max_length=20,
                        verbose_name="varför inte",
                    ),
                ),
                ("transfer_asked_on", models.DateField(blank=True, null=True, verbose_name="överflyttning begärd")),
                (
                    "transfer_answered_on",
                    models.DateField(blank=True, null=True, verbose_name="överflyttning besvarad"),
                ),
                ("ivo_applied_on", models.DateField(blank=True, null=True, verbose_name="ansökt hos IVO")),
                ("to_tell", models.CharField(blank=True, max_length=16, verbose_name="att berätta")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="fil skapad")),
                ("urgency", models.CharField(max_length=8, verbose_name="brådska")),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="kom")),
                ("profile", casework.crypto.fields.SealedField()),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.home",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received",
                        to="housing.agreementmember",
                    ),
                ),
                (
                    "quota",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received",
                        to="housing.quota",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kompott-förfrågan från annan kommun",
                "verbose_name_plural": "Kompott-förfrågningar från andra kommuner",
                "ordering": ["-received_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "new",
                                    "sent",
                                    "acknowledged",
                                    "offered",
                                    "accepted",
                                    "contract",
                                    "moved",
                                    "transferred",
                                    "kept",
                                    "closed",
                                    "declined",
                                    "withdrawn",
                                    "expired",
                                ],
                            )
                        ),
                        name="kompottoffer_state_known",
                    ),
                    models.UniqueConstraint(fields=("member", "reference"), name="kompottoffer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["declined", "withdrawn", "expired"]),
                                models.Q(("declined", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["declined", "withdrawn", "expired"]), _negated=True),
                                ("declined", ""),
                            ),
                            _connector="OR",
                        ),
                        name="kompottoffer_stopped_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="StayReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("considered_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="övervägd")),
                ("goes_on", models.BooleanField(default=True, verbose_name="insatsen behövs fortfarande")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="housing.shelterstay"
                    ),
                ),
            ],
            options={
                "verbose_name": "övervägande av skyddat boende",
                "verbose_name_plural": "överväganden av skyddat boende",
                "ordering": ["-considered_on", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="TakeoverStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("rent_paid", "Hyran betald i tid under prövotiden"),
                            ("no_remarks", "Inga anmärkningar kvar"),
                            ("own_economy", "Inkomst som hyresvärden godtar"),
                            ("landlord_yes", "Hyresvärden säger ja"),
                            ("her_yes", "Personen vill ta över"),
                            ("still_safe", "Säkerheten bedömd på nytt"),
                            ("own_lease_signed", "Eget kontrakt påskrivet"),
                        ],
                        max_length=20,
                        verbose_name="steg",
                    ),
                ),
                ("done_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="klart")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="takeover_steps", to="housing.tenancy"
                    ),
                ),
            ],
            options={
                "verbose_name": "steg mot övertagande",
                "verbose_name_plural": "steg mot övertagande",
                "ordering": ["done_on"],
                "constraints": [models.UniqueConstraint(fields=("tenancy", "step"), name="takeoverstep_once")],
            },
        ),
        migrations.CreateModel(
            name="TenancyAlarm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("alarm_disturbance", "Störning"),
                            ("alarm_rent", "Obetald hyra"),
                            ("alarm_notice", "Varning eller uppsägning"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("came_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="kom")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="löst")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alarms", to="housing.tenancy"
                    ),
                ),
            ],
            options={
                "verbose_name": "larm om hemmet",
                "verbose_name_plural": "larm om hem",
                "ordering": ["-came_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_by__isnull", True), ("settled_on__isnull", True)),
                            models.Q(("settled_by__isnull", False), ("settled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="alarm_settled_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TenancyCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "after",
                    models.CharField(
                        choices=[("check_6", "6 månader"), ("check_12", "12 månader")],
                        max_length=10,
                        verbose_name="efter",
                    ),
                ),
                ("asked_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="frågat")),
                ("lives_there", models.BooleanField(verbose_name="bor kvar")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="housing.tenancy"
                    ),
                ),
            ],
            options={
                "verbose_name": "uppföljning av boende",
                "verbose_name_plural": "uppföljningar av boende",
                "ordering": ["after"],
                "constraints": [models.UniqueConstraint(fields=("tenancy", "after"), name="tenancycheck_once")],
            },
        ),
        migrations.CreateModel(
            name="TenancyVisit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("visited_on", models.DateField(verbose_name="besök")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="housing.tenancy"
                    ),
                ),
            ],
            options={
                "verbose_name": "tillsyn",
                "verbose_name_plural": "tillsyn",
                "ordering": ["-visited_on", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="KompottRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reference", models.CharField(max_length=16, verbose_name="beteckning")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("new", "Inte skickad"),
                            ("sent", "Skickad"),
                            ("acknowledged", "Mottagen"),
                            ("offered", "Erbjudande"),
                            ("accepted", "Tackat ja"),
                            ("contract", "Kontrakt"),
                            ("moved", "Inflyttad"),
                            ("transferred", "Ärendet överflyttat"),
                            ("kept", "Ärendet kvar hos hemkommunen"),
                            ("closed", "Avslutad"),
                            ("declined", "Fick nej"),
                            ("withdrawn", "Återtagen"),
                            ("expired", "Tiden gick ut"),
                        ],
                        db_index=True,
                        default="new",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="skickad")),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="svar senast")),
                ("offered_on", models.DateField(blank=True, null=True, verbose_name="erbjudande")),
                ("moved_on", models.DateField(blank=True, null=True, verbose_name="inflyttad")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="avslutad")),
                (
                    "declined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_home", "Ingen ledig bostad"),
                            ("quota_full", "Årets kvot är fylld"),
                            ("no_fit", "Bostaden passar inte behovet"),
                            ("economy", "Uppfyller inte hyresvärdens krav på ekonomi"),
                            ("unsafe", "Inte säkert nog"),
                            ("too_near", "För nära någon eller något som ska undvikas"),
                            ("person_declined", "Personen tackade nej"),
                            ("consent_missing", "Samtycke saknas eller är återkallat"),
                            ("not_entitled", "Uppfyller inte villkoren"),
                            ("too_late", "Svaret kom för sent"),
                            ("home_gone", "Bostaden blev inte ledig"),
                            ("other_home", "Fick en annan bostad"),
                        ],
                        max_length=20,
                        verbose_name="varför inte",
                    ),
                ),
                ("transfer_asked_on", models.DateField(blank=True, null=True, verbose_name="överflyttning begärd")),
                (
                    "transfer_answered_on",
                    models.DateField(blank=True, null=True, verbose_name="överflyttning besvarad"),
                ),
                ("ivo_applied_on", models.DateField(blank=True, null=True, verbose_name="ansökt hos IVO")),
                ("to_tell", models.CharField(blank=True, max_length=16, verbose_name="att berätta")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="fil skapad")),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kompott_requests", to="casework.case"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.consent",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="housing.agreementmember",
                    ),
                ),
                (
                    "quota",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="housing.quota",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kompott_requests",
                        to="housing.track",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kompott-förfrågan till annan kommun",
                "verbose_name_plural": "Kompott-förfrågningar till andra kommuner",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "new",
                                    "sent",
                                    "acknowledged",
                                    "offered",
                                    "accepted",
                                    "contract",
                                    "moved",
                                    "transferred",
                                    "kept",
                                    "closed",
                                    "declined",
                                    "withdrawn",
                                    "expired",
                                ],
                            )
                        ),
                        name="kompottrequest_state_known",
                    ),
                    models.UniqueConstraint(fields=("reference",), name="kompottrequest_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["declined", "withdrawn", "expired"]), _negated=True),
                        fields=("track",),
                        name="kompottrequest_one_of_a_track",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_on__isnull", True), ("state", "new")),
                            ("state", "withdrawn"),
                            models.Q(
                                models.Q(("state__in", ["new", "withdrawn"]), _negated=True),
                                ("consent__isnull", False),
                                ("sent_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="kompottrequest_sent_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["declined", "withdrawn", "expired"]),
                                models.Q(("declined", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["declined", "withdrawn", "expired"]), _negated=True),
                                ("declined", ""),
                            ),
                            _connector="OR",
                        ),
                        name="kompottrequest_stopped_whole",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ForturApplication",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "lease",
                    models.CharField(
                        choices=[
                            ("first_hand", "Förstahandskontrakt"),
                            ("sublease", "Andrahandskontrakt via socialtjänsten"),
                            ("transition", "Övergångskontrakt"),
                            ("transitional_home", "Genomgångsbostad"),
                            ("trial_flat", "Försöks- eller träningslägenhet"),
                        ],
                        max_length=20,
                        verbose_name="kontrakt",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="godkänd")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("granted", "Beviljad"), ("fortur_refused", "Avslag")],
                        max_length=16,
                        verbose_name="hyresvärdens beslut",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutad")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="förturen gäller till och med")),
                (
                    "offers_allowed",
                    models.PositiveSmallIntegerField(default=1, verbose_name="erbjudanden innan förturen är slut"),
                ),
                ("words", casework.crypto.fields.SealedField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fortur_applications",
                        to="casework.case",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.client"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fortur_applications",
                        to="housing.landlord",
                    ),
                ),
                (
                    "quota",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fortur",
                        to="housing.quota",
                    ),
                ),
                (
                    "track",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fortur", to="housing.track"
                    ),
                ),
            ],
            options={
                "verbose_name": "ansökan om förtur",
                "verbose_name_plural": "ansökningar om förtur",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="fortur_approved_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("outcome", ""), ("valid_until__isnull", True)),
                            models.Q(
                                ("decided_on__isnull", False),
                                ("outcome", "fortur_refused"),
                                ("valid_until__isnull", True),
                            ),
                            models.Q(
                                ("decided_on__isnull", False), ("outcome", "granted"), ("valid_until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="fortur_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lease__in", ["first_hand", "sublease"])), name="fortur_lease_known"
                    ),
                ],
            },
        ),
    ]
