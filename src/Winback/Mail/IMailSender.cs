using Winback.Customers;

namespace Winback.Mail;

public sealed record MailParty(string? Name, EmailAddress Address);

/// <summary>A mail ready to leave.</summary>
/// <param name="MessageId">Without angle brackets; the same for every attempt at the same step.</param>
/// <param name="ReplyTo">An address made for this mail, so that an answer finds its way.</param>
/// <param name="Headers">Beyond the usual ones, such as List-Unsubscribe.</param>
/// <param name="Tags">Ids that the provider sends back with its events; never names or addresses.</param>
public sealed record OutgoingMail(
    string MessageId, MailParty From, MailParty To, MailParty ReplyTo, string Subject, string Html, string Text,
    IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Tags);

/// <summary>What is known after trying to hand a mail over.</summary>
public abstract record SendResult;

/// <summary>The provider took it.</summary>
/// <param name="ProviderId">Its name for this mail, where it gives one.</param>
public sealed record Accepted(string? ProviderId) : SendResult;

/// <summary>Surely not sent, and the same mail will be refused again: a bad address, a mail too large.</summary>
public sealed record Refused(string Reason) : SendResult;

/// <summary>Surely not sent, through no fault of the mail: the provider is away, busy, or does not accept our key.</summary>
/// <param name="RetryAfter">When the provider said so.</param>
public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null) : SendResult
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait with what is put back: as long as the provider says, else 15 seconds and twice as long each time; at most ten minutes.</summary>
    /// <param name="attempt">How often it was put back before.</param>
    public TimeSpan Pause(int attempt)
    {
        var pause = RetryAfter ?? TimeSpan.FromSeconds(15 * Math.Pow(2, Math.Min(attempt, 6)));
        return pause < LongestPause ? pause : LongestPause;
    }
}

/// <summary>It left us and no clear answer came: it may or may not arrive, so it is never sent again by itself.</summary>
public sealed record Unknown(string Reason) : SendResult;

/// <summary>Hands mails to a provider. Never throws for what the provider or the network does.</summary>
public interface IMailSender
{
    /// <summary>Not cancellable: once a mail is on its way, only an answer or a time-out tells what became of it.</summary>
    Task<SendResult> SendAsync(OutgoingMail mail);

    /// <summary>Asks whether the provider would take our mail, and sends none.</summary>
    /// <returns>What is wrong and which setting to look at; null when nothing is.</returns>
    Task<string?> FindProblemAsync(CancellationToken cancel);
}
