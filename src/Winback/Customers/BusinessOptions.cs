using System.Text.RegularExpressions;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Hosting;

namespace Winback.Customers;

/// <summary>Settings under <c>Business</c>: who the owner is.</summary>
public sealed partial class BusinessOptions : ICheckedOptions
{
    /// <summary>The name that customers know. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Postal address, in every mail. Required by law in several countries (CAN-SPAM among them).</summary>
    public string PostalAddress { get; set; } = "";

    /// <summary>Where the buttons in mails lead, unless a campaign has its own returnUrl. Default none.</summary>
    public string? Website { get; set; }

    /// <summary>Default none.</summary>
    public string? Phone { get; set; }

    /// <summary>
    /// A picture at the head of every mail, 40 pixels high, in place of the name in letters; a wide PNG of at least 80 pixels high that can be
    /// read on white and on near-black. An https address. Default none.
    /// </summary>
    public string? LogoUrl { get; set; }

    /// <summary>The colour of buttons and links in mails, as #rrggbb; made darker or lighter where it could not be read. Default #1f5f5b.</summary>
    public string AccentColour { get; set; } = MailColours.Default.Accent.ToString();

    /// <summary>ISO 4217 code of the currency in which mails name amounts. Default EUR.</summary>
    public string Currency { get; set; } = "EUR";

    /// <summary>nl or en: for customers whose language is not known. Default nl.</summary>
    public string Language { get; set; } = "nl";

    /// <summary>IANA name of the time zone in which days and send windows are counted. Default Europe/Amsterdam.</summary>
    public string TimeZone { get; set; } = "Europe/Amsterdam";

    /// <summary>Where customers reach this app from a mail, without <c>/api</c>. https, but for a trial on this machine. Required.</summary>
    public string PublicBaseUrl { get; set; } = "";

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public MailColours Colours => new(Colour.Parse(AccentColour));

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Name)) yield return "Business__Name: is missing; set the name that customers know";
        if (string.IsNullOrWhiteSpace(PostalAddress)) yield return "Business__PostalAddress: is missing; every mail must show a postal address";
        if (!Languages.All.Contains(Language)) yield return $"Business__Language: \"{Language}\" is not nl or en";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _)) yield return $"Business__TimeZone: \"{TimeZone}\" is unknown; write for instance Europe/Amsterdam";
        if (Website is { Length: > 0 } && !(Uri.TryCreate(Website, UriKind.Absolute, out var site) && site.Scheme is "https" or "http"))
            yield return "Business__Website: is not a web address; write it whole, with https://";
        if (LogoUrl is { Length: > 0 } && !(Uri.TryCreate(LogoUrl, UriKind.Absolute, out var logo) && logo.Scheme == "https"))
            yield return "Business__LogoUrl: is not an https address; write it whole, with https:// (mailboxes show no other pictures)";
        if (!Colour.TryParse(AccentColour, out _, out var problem)) yield return $"Business__AccentColour: {problem}";
        if (!CurrencyCode().IsMatch(Currency)) yield return $"Business__Currency: \"{Currency}\" is not a currency; write its three letters, for instance EUR";
        if (!Uri.TryCreate(PublicBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            yield return "Business__PublicBaseUrl: is missing or not a web address; set where customers reach this app, for instance https://winback.your-domain.nl";
        else if (url.Scheme == "http" && !url.IsLoopback)
            yield return "Business__PublicBaseUrl: must begin with https:// (one-click unsubscribe demands it)";
    }

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyCode();
}
