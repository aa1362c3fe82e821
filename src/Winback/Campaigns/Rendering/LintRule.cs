namespace Winback.Campaigns.Rendering;

public enum LintSeverity
{
    /// <summary>May be meant; it makes spam of the mail, or makes it look careless.</summary>
    Warning,

    /// <summary>Wrong for whoever gets it.</summary>
    Error,
}

/// <summary>One thing that a mail is looked at for.</summary>
/// <param name="Meaning">What is found, for the owner's documentation.</param>
public sealed record LintRule(string Id, LintSeverity Severity, string Meaning)
{
    /// <summary>Gmail cuts a mail off at 102 kB, and with it the link to unsubscribe.</summary>
    internal const int MaxBytes = 100 * 1024;

    /// <summary>What a mailbox on a desktop shows of a subject; a telephone shows some 40 characters.</summary>
    internal const int MaxSubject = 60;

    internal const int MaxShouts = 2;
    internal const int MaxExclamationMarks = 3;

    public static readonly LintRule NoUnsubscribeLink = new("no-unsubscribe-link", LintSeverity.Error,
        "the link to unsubscribe is not in the HTML, or not in the text");

    public static readonly LintRule PictureWithoutWords = new("picture-without-words", LintSeverity.Error,
        "a picture has no alt text, which is all that a reader without pictures gets");

    public static readonly LintRule LinkWithoutWords = new("link-without-words", LintSeverity.Error,
        "a link has no text, so it can neither be seen nor be read out");

    public static readonly LintRule LinkWithoutAddress = new("link-without-address", LintSeverity.Error,
        "a link does not lead to a whole address");

    public static readonly LintRule LeftOver = new("left-over", LintSeverity.Error,
        "{{, null or undefined is left in what the reader sees");

    public static readonly LintRule Gap = new("gap", LintSeverity.Error,
        "a value was not known and left a gap, as in “Beste ,”");

    public static readonly LintRule TooLarge = new("too-large", LintSeverity.Error,
        "the HTML is over 100 kB: Gmail cuts it off at 102 kB, and with it the link to unsubscribe");

    public static readonly LintRule LinkWithoutHttps = new("link-without-https", LintSeverity.Warning,
        "a link begins with http://");

    public static readonly LintRule PictureWithoutSize = new("picture-without-size", LintSeverity.Warning,
        "a picture has neither width nor height, so Outlook on Windows shows it as large as it is");

    public static readonly LintRule LongSubject = new("long-subject", LintSeverity.Warning,
        "the subject is over 60 characters, and mailboxes cut it off");

    public static readonly LintRule NoPreheader = new("no-preheader", LintSeverity.Warning,
        "there is no preheader, so mailboxes show the first words of the page after the subject");

    public static readonly LintRule Capitals = new("capitals", LintSeverity.Warning,
        "a word of five or more capitals in subject or preheader, or more than two in the mail; names and codes do not count");

    public static readonly LintRule ExclamationMarks = new("exclamation-marks", LintSeverity.Warning,
        "more than one ! in subject and preheader, more than three in the mail, or two in a row");

    public static readonly LintRule ShortText = new("short-text", LintSeverity.Warning,
        "the text part has less than two thirds of the words of the HTML");

    public static IReadOnlyList<LintRule> All { get; } =
    [
        NoUnsubscribeLink, PictureWithoutWords, LinkWithoutWords, LinkWithoutAddress, LeftOver, Gap, TooLarge,
        LinkWithoutHttps, PictureWithoutSize, LongSubject, NoPreheader, Capitals, ExclamationMarks, ShortText,
    ];
}
