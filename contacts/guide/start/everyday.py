"""The start set about everyday matters."""

from contacts.guide.start.wording import BRIEF, DECISION, EVERYDAY, UNSURE, page

PAGES = [
    page(
        "post-och-paket",
        "Post och paket",
        EVERYDAY,
        leaks=[
            "Ett brev till den gamla adressen kan öppnas av utövaren.",
            "Avier, sms och kvitton på paket visar vilket ombud hon hämtar hos.",
            "Eftersändning och namn på brevlådan visar vart hon har flyttat.",
            "Tidningar, klubbar och försäkringar hämtar nya adresser av sig själva.",
        ],
        ask_for=[
            "Vet du adressen säkert: skicka direkt. Annars genom Skatteverkets förmedling.",
            "Inre kuvert: klistra igen, skriv bara personnumret, och avsändaren på baksidan.",
            "Yttre kuvert med frimärke: Skatteverkets förmedling, Box 2820, 403 20 Göteborg.",
            "Rekommenderat: ett brev i varje yttre kuvert. Bara rekommenderade brev kan spåras.",
            "Paket: högst 20 kg och 1 meter. Räkna med att det tar längre tid.",
        ],
        papers=["Legitimation vid hämtning. Fråga hur hon kan hämta utan att namnet ropas upp."],
        answers=["Skatteverket för förmedlingen. Ombudet eller transportören för paket."],
        source=[
            "Skatteverket.se om förmedling av post. Bekräftat för brev och vikter.",
            "En ny lag om förmedlingen är föreslagen (SOU 2025:90). Om den gäller är inte bekräftat.",
            f"Övrigt: {UNSURE[:1].lower()}{UNSURE[1:]}",
        ],
    ),
    page(
        "bank-och-e-legitimation",
        "Bank och e-legitimation",
        EVERYDAY,
        "Bank",
        leaks=[
            "Kontoutdrag visar butiker och orter. På ett delat konto ser den andra dem.",
            "Betalningar med mobilen visar namn och telefonnummer.",
            "E-legitimationen kan ligga kvar på en gammal telefon.",
            "Adressen i bankens register följer med till kort, lån och försäkringar.",
        ],
        ask_for=[
            "Ett eget konto i en bank där utövaren inte är kund.",
            "Att gamla kort, fullmakter och e-legitimationer spärras.",
            "Att banken lägger in skydd på kunden, och inte visar adressen på kontoret.",
            "Hur hon kan få id-handling, kort och koder utan att de skickas hem.",
        ],
        papers=[DECISION, "Giltig id-handling. Utan den: fråga banken vad som räcker i stället.", BRIEF],
        answers=["Kontorschefen, eller bankens grupp för skyddade personuppgifter om den finns."],
        source=[UNSURE],
    ),
    page(
        "telefon-och-digitala-spar",
        "Telefon och digitala spår",
        EVERYDAY,
        leaks=[
            "Platsdelning, delade konton och familjetjänster visar var telefonen är.",
            "Foton kan bära med sig platsen där de togs. Bakgrunden kan visa den också.",
            "Ett riktnummer visar orten.",
            "Barnens telefoner, spel och klockor delar ofta plats.",
            "Bilens app, trådlösa nät och gamla inloggningar lever kvar.",
        ],
        ask_for=[
            "Gå igenom telefonen tillsammans: plats av, konton nya, lösenord bytta.",
            "Nytt nummer med hemlig uppgift, tecknat av någon annan om det behövs.",
            "Gör detsamma med barnens saker.",
            "Skriv aldrig var hon är i sms eller mejl. Ring i stället.",
        ],
        papers=[DECISION],
        answers=["Operatörens kundtjänst. Misstänker ni spårning: polisen, innan ni tar bort något."],
        source=[UNSURE],
    ),
    page(
        "hyra-och-el",
        "Hyra och el",
        EVERYDAY,
        "MKB Fastighets AB\nBoplats Syd",
        leaks=[
            "Räkningar, kvitton och beslut om hyra visar bostaden, också när de går genom försörjningsstödet.",
            "Namn på dörren, porttelefonen och tvättstugan.",
            "En privat hyresvärd har ingen sekretess. Ett kommunalt bolag har svagare sekretess än socialtjänsten.",
            "El, bredband och försäkring kopplar namnet till adressen.",
        ],
        ask_for=[
            "Att kommunen står på kontraktet, om det går.",
            "Ett annat namn, eller inget, på dörr och i tavlor.",
            "Att räkningar går genom dig eller digitalt till ett nytt konto.",
            "Lämna bara namn och det som kontraktet kräver. Aldrig våldet eller skälet till skyddet.",
        ],
        papers=["Hennes samtycke, innan hyresvärden får veta något.", DECISION],
        answers=["Uthyrningschefen. Hos elbolaget: fråga efter rutinen för skyddade kunder."],
        source=[
            UNSURE,
            "Bekräftat: sekretessen hos hyresvärdar (OSL 2009:400, 26 kap. 1 och 11 §§).",
        ],
    ),
    page(
        "barn-och-umgange",
        "Barn och umgänge",
        EVERYDAY,
        "Barnahus Malmö\nBarnombud eller målsägandebiträde",
        leaks=[
            "Umgänge sätter ofta skyddet på spel: överlämning, färdväg, och vad barnet råkar berätta.",
            "Barnets telefon, skola, vård och fritid visar orten.",
            "Den andra vårdnadshavaren har ofta rätt till uppgifter om barnet.",
        ],
        ask_for=[
            "Beslut om hemlig vistelseort och om umgänge, när barnet är i skyddat boende.",
            "Umgänge med stöd, på en plats långt från hemmet, och en trygg väg dit.",
            "Prata med barnet om vad som är hemligt, utan att lägga ansvaret på barnet.",
            "Barnets egen mening: hör den, och anteckna den.",
        ],
        papers=["Beslut om vårdnad, boende och umgänge.", "Hennes ombuds kontaktuppgifter."],
        answers=["Barnets socialsekreterare. I domstol: ombudet."],
        source=[
            UNSURE,
            "Bekräftat: beslut om hemlig vistelseort och umgänge (lag 2024:79, 5 kap. 4 §).",
            "Bekräftat: barnets vistelseort är hemlig också för en vårdnadshavare (OSL 2009:400, 26 kap. 2 §).",
        ],
    ),
]
