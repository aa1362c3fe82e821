using DnsClient;
using Winback.Mail;

namespace Winback.Cli.Doctor;

/// <summary>Whether the records of the sender's and the reply domain let mail arrive and answers come in. Pure.</summary>
internal static class MailDns
{
    private const string SendGridInbound = "mx.sendgrid.net";

    /// <summary>What is asked of DNS: SPF (RFC 7208), DMARC (RFC 7489), MX, and SendGrid's two DKIM names.</summary>
    public static IEnumerable<(string Name, QueryType Type)> Questions(MailOptions mail)
    {
        var from = mail.FromAddress.Domain;
        yield return (from, QueryType.TXT);
        yield return ($"_dmarc.{from}", QueryType.TXT);
        yield return (mail.ReplyDomainOrDefault, QueryType.MX);
        if (mail.Provider != MailProvider.SendGrid) yield break;
        yield return ($"s1._domainkey.{from}", QueryType.CNAME);
        yield return ($"s2._domainkey.{from}", QueryType.CNAME);
    }

    public static Finding Judge((string Name, QueryType Type) question, DnsRecords records, MailOptions mail)
    {
        var (name, type) = question;
        var what = $"dns {type} {name}";
        if (!records.WasRead) return Finding.Warning(what, "could not be read from here", "look at it from another machine");
        return type switch
        {
            QueryType.MX => Mx(what, records, mail),
            QueryType.CNAME => records.Values.Any(v => v.EndsWith(".sendgrid.net", StringComparison.Ordinal))
                ? Finding.Ok(what, records.Values[0])
                : Finding.Problem(what, "is not SendGrid's, so mails are not signed for your domain", "authenticate the domain in SendGrid under Sender Authentication"),
            _ when name.StartsWith("_dmarc.", StringComparison.Ordinal) => records.Values.FirstOrDefault(v => v.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase)) is { } dmarc
                ? Finding.Ok(what, dmarc)
                : Finding.Warning(what, "has no DMARC record; large mailbox providers ask for one", "add a TXT record: v=DMARC1; p=none"),
            _ => Spf(what, records, mail),
        };
    }

    private static Finding Spf(string what, DnsRecords records, MailOptions mail)
    {
        var spf = records.Values.Where(v => v.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase)).ToList();
        return spf.Count switch
        {
            1 => Finding.Ok(what, spf[0]),
            // With an authenticated domain SendGrid bounces through a name of its own, whose SPF counts.
            0 when mail.Provider == MailProvider.SendGrid => Finding.Ok(what, "no SPF record here; SendGrid keeps one under its own name"),
            0 => Finding.Warning(what, "has no SPF record, so mails may be taken for spam", "add a TXT record that names the servers that send for you: v=spf1 include:... ~all"),
            _ => Finding.Problem(what, $"has {spf.Count} SPF records, which counts as none (RFC 7208, 4.5)", "make one record of them"),
        };
    }

    private static Finding Mx(string what, DnsRecords records, MailOptions mail) =>
        records.Values.Count == 0
            ? Finding.Problem(what, "has no MX record, so answers of customers are lost", $"add an MX record to {SendGridInbound}, or set Mail__ReplyDomain to a domain that has one")
        : mail.Provider == MailProvider.SendGrid && !records.Values.Contains(SendGridInbound, StringComparer.Ordinal)
            ? Finding.Warning(
                what, $"leads to {records.Values[0]}, so answers do not come in here", $"if they should, give the reply domain an MX record to {SendGridInbound}")
        : Finding.Ok(what, string.Join(", ", records.Values));
}
