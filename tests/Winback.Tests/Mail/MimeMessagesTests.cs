using System.Text;
using MimeKit;
using Winback.Mail;

namespace Winback.Tests.Mail;

/// <summary>What leaves by SMTP or into a folder, as bytes.</summary>
public sealed class MimeMessagesTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 13, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Headers_stand_as_they_should()
    {
        var lines = Text(SampleMail.Create()).Split("\n\n")[0].ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n');

        Assert.Contains("From: =?utf-8?b?RWV0Y2Fmw6k=?= De Linde <hallo@delinde.example>", lines, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("To: Sam de Vries <sam@klant.example>", lines);
        Assert.Contains("Message-Id: <0123456789abcdef@delinde.example>", lines, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Date: Tue, 13 Oct 2026 12:00:00 +0200", lines);
        Assert.Contains("List-Unsubscribe: <https://post.delinde.example/api/unsubscribe/abc>", lines);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", lines);
        Assert.Contains("X-Winback-Campaign: restaurant-slow-evening", lines);
        Assert.Contains(lines, l => l.StartsWith("Reply-To: ", StringComparison.Ordinal) && l.EndsWith("<r.0123456789abcdefghjkmnpqrstvwxyz@antwoord.delinde.example>", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.StartsWith("outreach", StringComparison.OrdinalIgnoreCase)); // tags are for SendGrid
    }

    [Fact]
    public void All_of_it_is_ASCII_in_short_lines()
    {
        var text = Text(SampleMail.Create(name: "Żółć Ærøskøbing"));

        Assert.True(Ascii.IsValid(text));
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 998)); // RFC 5322 2.1.1
    }

    [Theory]
    [InlineData("Sam de Vries")]
    [InlineData("Vries, Sam; de")]
    [InlineData("Żółć \"Z\" <x@y.example>")]
    [InlineData("Sam\r\nBcc: all@klant.example")] // a name cannot add a header
    [InlineData(null)]
    public void A_name_stays_a_name(string? name)
    {
        var message = Read(SampleMail.Create(name: name));

        var to = Assert.Single(message.To.Mailboxes);
        Assert.Equal("sam@klant.example", to.Address);
        Assert.Empty(message.Bcc);
        Assert.Equal(name?.ReplaceLineEndings(" ").Length ?? 0, to.Name?.ReplaceLineEndings(" ").Length ?? 0);
    }

    [Fact]
    public void Both_texts_come_through()
    {
        var message = Read(SampleMail.Create());

        Assert.Equal("<p>Dag Sam, één tafel is voor jou.</p>", message.HtmlBody!.Trim());
        Assert.Equal("Dag Sam, één tafel is voor jou.\n.\nTot dan!", message.TextBody!.ReplaceLineEndings("\n").Trim());
        Assert.Equal("multipart/alternative", message.Body!.ContentType.MimeType); // the plain one first: RFC 2046 5.1.4
        Assert.True(Assert.IsType<TextPart>(((Multipart)message.Body)[0]).IsPlain);
    }

    [Fact]
    public void The_same_step_has_the_same_message_id() =>
        Assert.Equal(Read(SampleMail.Create()).MessageId, Read(SampleMail.Create()).MessageId);

    private static MimeMessage Read(OutgoingMail mail) => MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(Text(mail))), TestContext.Current.CancellationToken);

    private static string Text(OutgoingMail mail)
    {
        using var message = MimeMessages.From(mail, Now);
        using var bytes = new MemoryStream();
        message.WriteTo(bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\n");
    }
}
