using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Winback.Mail;

/// <summary>Sends by SMTP, one connection per mail.</summary>
public sealed class SmtpMailSender(MailOptions options, TimeProvider time) : IMailSender
{
    public async Task<SendResult> SendAsync(OutgoingMail mail)
    {
        using var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
        if (await ConnectAsync(client) is { } failure) return failure;
        using var message = MimeMessages.From(mail, time.GetUtcNow());
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        try
        {
            var answer = await client.SendAsync(message, timeout.Token);
            return new Accepted(answer.Length > 200 ? answer[..200] : answer);
        }
        catch (SmtpCommandException e) when (e.ErrorCode == SmtpErrorCode.SenderNotAccepted)
        {
            return new Unavailable($"the SMTP server does not accept the sender ({(int)e.StatusCode}); check Mail__From and Mail__SmtpUser");
        }
        catch (ServiceNotAuthenticatedException)
        {
            return new Unavailable("the SMTP server wants a login; set Mail__SmtpUser and Mail__SmtpPassword");
        }
        catch (NotSupportedException)
        {
            return new Refused("the SMTP server does not take an address with such characters");
        }
        catch (SmtpCommandException e)
        {
            // The server answered no. RFC 5321 4.2.1: 4yz may succeed later, 5yz will not.
            return (int)e.StatusCode is >= 400 and < 500 ? new Unavailable($"SMTP {(int)e.StatusCode}") : new Refused($"SMTP {(int)e.StatusCode}: {e.ErrorCode}");
        }
        catch (Exception e) when (IsNetwork(e))
        {
            return new Unknown($"the SMTP server gave no answer ({e.GetType().Name})");
        }
        finally
        {
            await QuitAsync(client);
        }
    }

    /// <summary>Connects and logs in, and says goodbye.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancel)
    {
        using var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
        if (await ConnectAsync(client) is { } failure)
            return $"{failure.Reason}; check Mail__SmtpHost, Mail__SmtpPort, Mail__SmtpSecurity, Mail__SmtpUser and Mail__SmtpPassword";
        await QuitAsync(client);
        return null;
    }

    private async Task<Unavailable?> ConnectAsync(SmtpClient client)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        try
        {
            await client.ConnectAsync(options.SmtpHost, options.SmtpPort, Security(options.SmtpSecurity), timeout.Token);
            if (options.SmtpUser.Length > 0) await client.AuthenticateAsync(options.SmtpUser, options.SmtpPassword, timeout.Token);
            return null;
        }
        catch (Exception e) when (IsNetwork(e) || e is AuthenticationException or SslHandshakeException or SmtpCommandException or NotSupportedException)
        {
            return new Unavailable($"cannot connect to the SMTP server ({e.GetType().Name})");
        }
    }

    /// <summary>The answer to the mail is known already; a server that hangs up first changes nothing.</summary>
    private static async Task QuitAsync(SmtpClient client)
    {
        if (!client.IsConnected) return;
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.DisconnectAsync(true, brief.Token);
        }
        catch (Exception e) when (IsNetwork(e))
        {
            return;
        }
    }

    private static bool IsNetwork(Exception e) =>
        e is IOException or SocketException or OperationCanceledException or TimeoutException or ProtocolException or ServiceNotConnectedException;

    private static SecureSocketOptions Security(SmtpSecurity security) => security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };
}
