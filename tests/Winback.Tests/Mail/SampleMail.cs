using Winback.Customers;
using Winback.Mail;

namespace Winback.Tests.Mail;

internal static class SampleMail
{
    public static OutgoingMail Create(string to = "sam@klant.example", string? name = "Sam de Vries", string id = "0123456789abcdef") => new(
        $"{id}@delinde.example",
        new MailParty("Eetcafé De Linde", EmailAddress.Parse("hallo@delinde.example")),
        new MailParty(name, EmailAddress.Parse(to)),
        new MailParty("Eetcafé De Linde", EmailAddress.Parse("r.0123456789abcdefghjkmnpqrstvwxyz@antwoord.delinde.example")),
        "Kom je weer eens langs? ☕",
        "<p>Dag Sam, één tafel is voor jou.</p>",
        "Dag Sam, één tafel is voor jou.\n.\nTot dan!", // a line with only a point ends the DATA of SMTP unless it is escaped
        new Dictionary<string, string>
        {
            ["List-Unsubscribe"] = "<https://post.delinde.example/api/unsubscribe/abc>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            ["X-Winback-Campaign"] = "restaurant-slow-evening",
        },
        new Dictionary<string, string> { ["outreach"] = id, ["customer"] = "k1" });
}
