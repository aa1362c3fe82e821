using DnsClient;
using Winback.Cli.Doctor;
using Winback.Mail;

namespace Winback.Tests.Cli;

/// <summary>What DNS records mean for mail that leaves and answers that come in.</summary>
public sealed class MailDnsTests
{
    private static readonly MailOptions SendGrid = new() { Provider = MailProvider.SendGrid, From = "hallo@delinde.example", ReplyDomain = "reply.delinde.example" };
    private static readonly MailOptions Smtp = new() { Provider = MailProvider.Smtp, From = "hallo@delinde.example", SmtpHost = "smtp.example" };

    [Fact]
    public void SendGrid_is_asked_about_its_two_signatures_too()
    {
        Assert.Equal(
            ["delinde.example TXT", "_dmarc.delinde.example TXT", "reply.delinde.example MX", "s1._domainkey.delinde.example CNAME", "s2._domainkey.delinde.example CNAME"],
            MailDns.Questions(SendGrid).Select(q => $"{q.Name} {q.Type}"));
        Assert.Equal(["TXT", "TXT", "MX"], MailDns.Questions(Smtp).Select(q => q.Type.ToString()));
    }

    [Theory]
    //          name, records (|), with SMTP, with SendGrid
    [InlineData("delinde.example", "v=spf1 include:_spf.example ~all|google-site-verification=x", FindingState.Ok, FindingState.Ok)]
    [InlineData("delinde.example", "google-site-verification=x", FindingState.Warning, FindingState.Ok)] // SendGrid's SPF is under its own name
    [InlineData("delinde.example", "v=spf1 -all|v=spf1 ~all", FindingState.Problem, FindingState.Problem)]
    [InlineData("_dmarc.delinde.example", "v=DMARC1; p=none", FindingState.Ok, FindingState.Ok)]
    [InlineData("_dmarc.delinde.example", "", FindingState.Warning, FindingState.Warning)]
    public void Texts(string name, string records, FindingState smtp, FindingState sendGrid) => AssertStates(name, QueryType.TXT, records, smtp, sendGrid);

    [Theory]
    [InlineData("mx.sendgrid.net", FindingState.Ok, FindingState.Ok)]
    [InlineData("mail.provider.example", FindingState.Ok, FindingState.Warning)] // answers go to a mailbox that the app does not read
    [InlineData("", FindingState.Problem, FindingState.Problem)]
    public void Mail_exchangers(string records, FindingState smtp, FindingState sendGrid) => AssertStates("reply.delinde.example", QueryType.MX, records, smtp, sendGrid);

    [Theory]
    [InlineData("s1.domainkey.u1.wl001.sendgrid.net", FindingState.Ok)]
    [InlineData("elsewhere.example", FindingState.Problem)]
    [InlineData("", FindingState.Problem)]
    public void Signatures(string records, FindingState expected) => AssertStates("s1._domainkey.delinde.example", QueryType.CNAME, records, expected, expected);

    [Fact]
    public void No_answer_is_no_verdict()
    {
        foreach (var question in MailDns.Questions(SendGrid))
            Assert.Equal((FindingState.Warning, "could not be read from here"), (MailDns.Judge(question, DnsRecords.Unread, SendGrid).State, MailDns.Judge(question, DnsRecords.Unread, SendGrid).Detail));
    }

    private static void AssertStates(string name, QueryType type, string records, FindingState smtp, FindingState sendGrid)
    {
        var read = new DnsRecords(true, records.Split('|', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((smtp, sendGrid), (MailDns.Judge((name, type), read, Smtp).State, MailDns.Judge((name, type), read, SendGrid).State));
    }
}
