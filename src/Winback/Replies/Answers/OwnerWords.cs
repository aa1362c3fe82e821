using System.Collections.Frozen;

namespace Winback.Replies.Answers;

/// <summary>The words of the owner's mails in one language.</summary>
internal sealed record OwnerWords(
    string Somebody, string Unmatched, string Late, string Complaint, string Customer, string LastVisit, string Visits, string ReadAs, string NothingRead,
    FrozenDictionary<OwnerTask, string> Tasks, FrozenDictionary<OwnerTask, string> Steps, FrozenDictionary<Road, string> Roads,
    Func<string, string> Due, Func<string, string> WasDue, Func<string, string> Solve, Func<string, string> Done, Func<string, string> Assign)
{
    public static OwnerWords Of(bool isEnglish) => isEnglish ? English : Dutch;

    private static readonly OwnerWords Dutch = new(
        Somebody: "iemand", Unmatched: "Antwoord van een onbekende", Late: "Te laat", Complaint: "klacht", Customer: "klant", LastVisit: "laatste bezoek", Visits: "bezoeken",
        ReadAs: "Gelezen als:", NothingRead: "Hier kon Winback niets uit opmaken.",
        Tasks: new Dictionary<OwnerTask, string>
        {
            [OwnerTask.Solve] = "Klacht",
            [OwnerTask.Call] = "Bel terug",
            [OwnerTask.Answer] = "Vraag of bericht",
            [OwnerTask.Referral] = "Noemt iemand",
            [OwnerTask.CorrectRecords] = "Is nog klant",
            [OwnerTask.Erase] = "Wil vergeten worden",
            [OwnerTask.NoteDeath] = "Overleden",
        }.ToFrozenDictionary(),
        Steps: new Dictionary<OwnerTask, string>
        {
            [OwnerTask.Solve] = "Neem zelf contact op en los het op. De klant krijgt tot dan niets meer.",
            [OwnerTask.Call] = "Bel de klant.",
            [OwnerTask.Answer] = "Beantwoord deze mail: je antwoord gaat naar de klant.",
            [OwnerTask.Referral] = "De klant noemt iemand. Vraag eerst of die persoon benaderd wil worden; Winback schrijft die niet aan.",
            [OwnerTask.CorrectRecords] = "Volgens de klant klopt je administratie niet: zoek de aankoop op en importeer die.",
            [OwnerTask.Erase] = "Verwijder deze klant ook uit je eigen administratie; de wet geeft je een maand. Winback stuurt niets meer.",
            [OwnerTask.NoteDeath] = "Noteer het ook in je eigen administratie. Winback stuurt niets meer.",
        }.ToFrozenDictionary(),
        Roads: new Dictionary<Road, string>
        {
            [Road.Mail] = "per mail",
            [Road.Api] = "via een ander systeem",
            [Road.Page] = "via de link in de mail",
            [Road.Phone] = "aan de telefoon",
            [Road.Bounce] = "van de mailserver",
        }.ToFrozenDictionary(),
        Due: at => $"Graag opgelost vóór {at}.", WasDue: at => $"Had opgelost moeten zijn vóór {at}.",
        Solve: id => $"Opgelost? Leg het vast: winback cases solve {id} --solution \"wat je deed\" (met --invite nodigt Winback de klant weer uit)",
        Done: id => $"Klaar? winback replies done {id}. Verkeerd gelezen? winback replies correct {id} --help",
        Assign: id => $"Winback weet niet van wie dit is. Wel bekend? winback replies assign {id} KLANTNUMMER");

    private static readonly OwnerWords English = new(
        Somebody: "somebody", Unmatched: "An answer from somebody unknown", Late: "Too late", Complaint: "complaint", Customer: "customer", LastVisit: "last visit", Visits: "visits",
        ReadAs: "Read as:", NothingRead: "Winback could make nothing of it.",
        Tasks: new Dictionary<OwnerTask, string>
        {
            [OwnerTask.Solve] = "Complaint",
            [OwnerTask.Call] = "Call back",
            [OwnerTask.Answer] = "Question or message",
            [OwnerTask.Referral] = "Names somebody",
            [OwnerTask.CorrectRecords] = "Is still a customer",
            [OwnerTask.Erase] = "Wants to be forgotten",
            [OwnerTask.NoteDeath] = "Has died",
        }.ToFrozenDictionary(),
        Steps: new Dictionary<OwnerTask, string>
        {
            [OwnerTask.Solve] = "Get in touch yourself and put it right. Until then the customer gets nothing else.",
            [OwnerTask.Call] = "Call the customer.",
            [OwnerTask.Answer] = "Answer this mail: your answer goes to the customer.",
            [OwnerTask.Referral] = "The customer names somebody. Ask first whether that person wants to hear from you; Winback does not write to them.",
            [OwnerTask.CorrectRecords] = "According to the customer your records are wrong: look the purchase up and import it.",
            [OwnerTask.Erase] = "Remove this customer from your own records too; the law gives you a month. Winback sends nothing any more.",
            [OwnerTask.NoteDeath] = "Note it in your own records too. Winback sends nothing any more.",
        }.ToFrozenDictionary(),
        Roads: new Dictionary<Road, string>
        {
            [Road.Mail] = "by mail",
            [Road.Api] = "through another system",
            [Road.Page] = "by the link in the mail",
            [Road.Phone] = "on the telephone",
            [Road.Bounce] = "from the mail server",
        }.ToFrozenDictionary(),
        Due: at => $"Please solve it before {at}.", WasDue: at => $"It should have been solved before {at}.",
        Solve: id => $"Solved? Note it: winback cases solve {id} --solution \"what you did\" (with --invite Winback invites the customer back)",
        Done: id => $"Done? winback replies done {id}. Misread? winback replies correct {id} --help",
        Assign: id => $"Winback does not know whose this is. Do you? winback replies assign {id} CUSTOMER");
}
