using Winback.Mail;

namespace Winback.Tests.Mail;

public sealed class SmtpMailSenderTests
{
    [Fact]
    public async Task A_mail_that_the_server_takes_is_accepted_with_its_answer()
    {
        await using var server = new SmtpServer();

        Assert.Equal(new Accepted("queued as 1"), await SendAsync(server.Port));

        var mail = Assert.Single(server.Mails);
        Assert.Contains("Message-Id: <0123456789abcdef@delinde.example>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n", mail, StringComparison.Ordinal);
    }

    [Theory] // RFC 5321 4.2.1: 5yz will not succeed later, 4yz may.
    [InlineData("MAIL", "550 no such sender", typeof(Unavailable))] // Our setting is wrong, not the mail.
    [InlineData("MAIL", "530 log in first", typeof(Unavailable))]
    [InlineData("RCPT", "550 no such user", typeof(Refused))]
    [InlineData("RCPT", "451 try later", typeof(Unavailable))]
    [InlineData("RCPT", "452 mailbox full", typeof(Unavailable))]
    [InlineData("MAIL", "421 closing", typeof(Unavailable))]
    [InlineData("DATA", "554 no", typeof(Refused))]
    [InlineData(".", "554 spam", typeof(Refused))]
    [InlineData(".", "451 greylisted", typeof(Unavailable))]
    [InlineData(".", SmtpServer.Silence, typeof(Unknown))] // It has the whole mail.
    [InlineData(".", SmtpServer.HangUp, typeof(Unknown))]
    [InlineData("greeting", "421 too busy", typeof(Unavailable))]
    [InlineData("greeting", "554 go away", typeof(Unavailable))] // It says nothing about this mail.
    [InlineData("greeting", SmtpServer.Silence, typeof(Unavailable))]
    [InlineData("greeting", SmtpServer.HangUp, typeof(Unavailable))]
    [InlineData("EHLO", SmtpServer.HangUp, typeof(Unavailable))]
    public async Task What_the_server_does_is_judged_by_whether_it_may_have_the_mail(string command, string answer, Type result)
    {
        await using var server = new SmtpServer((command, answer));

        Assert.IsType(result, await SendAsync(server.Port));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        int port;
        await using (var server = new SmtpServer()) port = server.Port;

        Assert.IsType<Unavailable>(await SendAsync(port));
    }

    [Theory]
    [InlineData(SmtpServer.Silence)]
    [InlineData(SmtpServer.HangUp)]
    public async Task After_the_answer_to_the_mail_a_bad_goodbye_changes_nothing(string answer)
    {
        await using var server = new SmtpServer(("QUIT", answer));

        Assert.IsType<Accepted>(await SendAsync(server.Port));
    }

    [Theory] // Nothing is wrong with the mail; it goes once the owner has mended the login.
    [InlineData("250-test\r\n250 AUTH PLAIN", "535 wrong")]
    [InlineData("250 test", "")] // no login there at all
    public async Task A_login_that_fails_is_unavailable(string ehlo, string auth)
    {
        await using var server = new SmtpServer(("EHLO", ehlo), ("AUTH", auth));

        Assert.IsType<Unavailable>(await SendAsync(server.Port, o => o.SmtpUser = "linde"));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Encryption_that_is_asked_for_and_not_offered_is_unavailable()
    {
        await using var server = new SmtpServer();

        Assert.IsType<Unavailable>(await SendAsync(server.Port, o => o.SmtpSecurity = SmtpSecurity.StartTls));
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("greeting", "220 test", null)]
    [InlineData("greeting", "554 go away", "cannot connect to the SMTP server")]
    [InlineData("greeting", SmtpServer.Silence, "cannot connect to the SMTP server")]
    [InlineData("QUIT", SmtpServer.HangUp, null)]
    public async Task A_look_at_the_server_sends_nothing(string command, string answer, string? problem)
    {
        await using var server = new SmtpServer((command, answer));

        var found = await Sender(server.Port).FindProblemAsync(TestContext.Current.CancellationToken);

        if (problem is null) Assert.Null(found);
        else Assert.StartsWith(problem, found, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    private static Task<SendResult> SendAsync(int port, Action<MailOptions>? but = null) => Sender(port, but).SendAsync(SampleMail.Create());

    private static SmtpMailSender Sender(int port, Action<MailOptions>? but = null)
    {
        var options = new MailOptions
        {
            Provider = MailProvider.Smtp,
            SmtpHost = "127.0.0.1",
            SmtpPort = port,
            SmtpSecurity = SmtpSecurity.None,
            Timeout = TimeSpan.FromSeconds(1),
        };
        but?.Invoke(options);
        return new SmtpMailSender(options, TimeProvider.System);
    }
}
