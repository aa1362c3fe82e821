using Winback.Customers;
using Winback.Hosting;

namespace Winback.Replies;

/// <summary>Settings under <c>Replies</c>.</summary>
public sealed class ReplyOptions : ICheckedOptions
{
    /// <summary>
    /// Secrets for the webhook's address: <c>/api/replies/inbound?secret=...</c>, the one place where a secret must be in an address. Any of them
    /// is accepted, so that it can be rotated; an entry may hold several, newest first, separated by commas. 16 characters or more. Default none: without a
    /// secret or a key the route answers 401.
    /// </summary>
    [Secret]
    public IList<string> InboundSecrets { get; } = [];

    /// <summary>
    /// Public keys of SendGrid's signature over inbound posts (base64, as its settings page shows it), for an account that signs them. With a key a post must be signed,
    /// and must have a secret too where there are secrets. Default none.
    /// </summary>
    public IList<string> InboundPublicKeys { get; } = [];

    /// <summary>How long nothing is sent to a customer who replied. 1 to 365 days. Default 30 days.</summary>
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a complaint may be open before it is escalated. 1 hour to 30 days. Default 24 hours.</summary>
    public TimeSpan SolveWithin { get; set; } = TimeSpan.FromHours(24);

    /// <summary>After how many months a customer whose situation changed may be asked again. 1 to 60. Default 6.</summary>
    public int AskAgainAfterMonths { get; set; } = 6;

    /// <summary>Answer customers by itself: an apology, a way back, thanks. The owner is mailed all the same. Default true.</summary>
    public bool AnswerByItself { get; set; } = true;

    /// <summary>Who is mailed at once about complaints and questions, where the customer has no account manager or that one cannot be reached. Default: <c>Mail__From</c>.</summary>
    public string? OwnerEmail { get; set; }

    /// <summary>Who is mailed about a complaint that is not solved in time. Default: <see cref="OwnerEmail"/>.</summary>
    public string? EscalateTo { get; set; }

    /// <summary>Where the lexicons and the texts of answers are. Default: the folder <c>replies</c> beside the app.</summary>
    public string? Folder { get; set; }

    public string FolderOrDefault => Folder is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "replies");

    public IEnumerable<string> AllInboundSecrets() => SecretEntries.Values(InboundSecrets);

    public IEnumerable<string> Problems()
    {
        const string tooShort = "is too short; use 16 characters or more";
        foreach (var problem in SecretEntries.Problems("Replies__InboundSecrets", InboundSecrets, secret => secret.Length < 16 ? tooShort : null)) yield return problem;
        for (var i = 0; i < InboundPublicKeys.Count; i++)
            if (!WebhookSignature.IsKey(InboundPublicKeys[i])) yield return $"Replies__InboundPublicKeys__{i}: is not a public key; copy it whole from SendGrid's settings";
        if (HoldFor < TimeSpan.FromDays(1) || HoldFor > TimeSpan.FromDays(365)) yield return "Replies__HoldFor: must be 1.00:00:00 to 365.00:00:00";
        if (SolveWithin < TimeSpan.FromHours(1) || SolveWithin > TimeSpan.FromDays(30)) yield return "Replies__SolveWithin: must be 01:00:00 to 30.00:00:00";
        if (AskAgainAfterMonths is < 1 or > 60) yield return "Replies__AskAgainAfterMonths: must be 1 to 60";
        if (OwnerEmail is { Length: > 0 } && !EmailAddress.TryParse(OwnerEmail, out _, out var owner)) yield return $"Replies__OwnerEmail: {owner}";
        if (EscalateTo is { Length: > 0 } && !EmailAddress.TryParse(EscalateTo, out _, out var escalate)) yield return $"Replies__EscalateTo: {escalate}";
    }
}
