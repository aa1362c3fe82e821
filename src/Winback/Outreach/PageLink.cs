namespace Winback.Outreach;

/// <summary>What a link in a mail is for; a link of one page opens no other.</summary>
public enum PagePurpose
{
    /// <summary>Says why they stayed away.</summary>
    Reason,

    /// <summary>Wants to come back.</summary>
    Return,

    /// <summary>Wants to be called.</summary>
    Call,

    /// <summary>How often, in which language, or not at all.</summary>
    Preferences,
}

/// <summary>What the link of a page stands for: ids only, since mails are forwarded and addresses logged.</summary>
/// <param name="Outreach">The mail in which it stood; the code registered under it says whose.</param>
/// <param name="IssuedOn">The owner's local day on which the mail was made.</param>
public sealed record PageLink(OutreachId Outreach, DateOnly IssuedOn)
{
    /// <summary>The last day on which it works is so many days after it was made.</summary>
    public const int ValidDays = 90;

    public bool IsExpired(DateOnly today) => today > IssuedOn.AddDays(ValidDays);
}
