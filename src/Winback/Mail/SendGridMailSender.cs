using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace Winback.Mail;

/// <summary>
/// Sends by SendGrid's v3 Mail Send (https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send), one request per mail,
/// because the reply address is a field of the whole message. What may be retried is decided in <see cref="SendGridHttp"/>.
/// </summary>
public sealed class SendGridMailSender(HttpClient http, MailOptions options, TimeProvider time) : IMailSender
{
    private readonly SendGridClient _client = new(http, options.SendGridApiKey, options.SendGridUrl);

    public async Task<SendResult> SendAsync(OutgoingMail mail)
    {
        try
        {
            var response = await _client.SendEmailAsync(ToMessage(mail));
            return Judge(response);
        }
        catch (BrokenCircuitException)
        {
            return new Unavailable("SendGrid failed several times in a row; pausing", SendGridHttp.BreakFor);
        }
        catch (HttpRequestException e) when (SendGridHttp.IsBeforeSending(e))
        {
            return new Unavailable($"cannot connect to SendGrid ({e.HttpRequestError})");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or TimeoutRejectedException)
        {
            return new Unknown($"SendGrid gave no answer ({e.GetType().Name})");
        }
    }

    /// <summary>Asks what the key may do (https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access).</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancel)
    {
        try
        {
            var response = await _client.RequestAsync(BaseClient.Method.GET, urlPath: "scopes", cancellationToken: cancel);
            if (!response.IsSuccessStatusCode) return $"SendGrid answered {(int)response.StatusCode}; check Mail__SendGridApiKey and Mail__SendGridUrl";
            var scopes = await response.Body.ReadAsStringAsync(cancel);
            return scopes.Contains("\"mail.send\"", StringComparison.Ordinal) ? null : "Mail__SendGridApiKey may not send; give the key the Mail Send permission";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException or BrokenCircuitException)
        {
            return $"SendGrid gave no answer ({e.GetType().Name}); check Mail__SendGridUrl and the network";
        }
    }

    private SendResult Judge(Response response)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.Accepted or HttpStatusCode.OK =>
                new Accepted(response.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.FirstOrDefault() : null),
            HttpStatusCode.TooManyRequests => new Unavailable("SendGrid is limiting the rate (429)", SendGridHttp.ResetIn(response.Headers, time)),
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => new Refused($"SendGrid refused it ({status})"),
            HttpStatusCode.RequestTimeout => new Unknown($"SendGrid answered {status}"),
            // Our key, sender, account or address of SendGrid is wrong: nothing is wrong with this mail, and it will go once the owner has mended that.
            _ when status is >= 400 and < 500 => new Unavailable($"SendGrid does not accept us ({status}); check Mail__SendGridApiKey, Mail__SendGridUrl and Mail__From"),
            _ => new Unknown($"SendGrid answered {status}"),
        };
    }

    private static SendGridMessage ToMessage(OutgoingMail mail)
    {
        var message = new SendGridMessage
        {
            From = Party(mail.From),
            ReplyTo = Party(mail.ReplyTo),
            Subject = mail.Subject,
            PlainTextContent = mail.Text,
            HtmlContent = mail.Html,
        };
        message.AddTo(Party(mail.To));
        message.AddHeader("Message-ID", $"<{mail.MessageId}>");
        foreach (var (name, value) in mail.Headers) message.AddHeader(name, value);
        foreach (var (name, value) in mail.Tags) message.AddCustomArg(name, value);
        message.SetClickTracking(false, false);
        message.SetOpenTracking(false);
        return message;
    }

    // SendGrid takes ; and , in a display name for more addresses.
    private static SendGrid.Helpers.Mail.EmailAddress Party(MailParty party) =>
        new(party.Address.Value, party.Name?.Replace(';', ' ').Replace(',', ' '));
}
