using System.Text;

namespace Winback.Campaigns.Rendering;

/// <summary>One name that a template may put between {{ and }}.</summary>
/// <param name="Meaning">For the owner's documentation and for messages.</param>
/// <param name="OptionalPart">What may be absent from a <see cref="MailModel"/> and takes this placeholder with it; null when always there.</param>
public sealed record MailPlaceholder(string Name, string Meaning, string? OptionalPart = null, bool IsNumber = false, bool IsDate = false, bool IsHtml = false);

/// <summary>
/// The vocabulary of the templates: snake_case, one point between a thing and its property. Besides these there are only
/// {{#if x}}, {{#unless x}}, {{else}}, {{> partial}} and the helpers plural, date and money. What a customer spent is not among them:
/// to be shown it in a mail is to be watched.
/// </summary>
public static class MailPlaceholders
{
    public static IReadOnlyList<MailPlaceholder> ForTemplates { get; } =
    [
        new("customer.first_name", "the customer's first name", "customer.first_name"),
        new("customer.name", "the customer's whole name", "customer.name"),
        new("business.name", "your business's name"),
        new("business.postal_address", "your postal address, on one line"),
        new("business.website", "your website's address", "business.website"),
        new("business.phone", "your telephone number", "business.phone"),
        new("last_visit", "the day of the last visit", "last_visit", IsDate: true),
        new("away_months", "whole months since the last visit", "away_months", IsNumber: true),
        new("visits", "how many visits you know of", "visits", IsNumber: true),
        new("news", "what is new, from campaign.json", "news"),
        new("offer.text", "what you offer, as it reads inside a sentence", "offer"),
        new("offer.evenings", "the days it may be used: dinsdag en woensdag", "offer"),
        new("offer.code", "the customer's own coupon code", "offer"),
        new("offer.valid_until", "the last day of the offer", "offer", IsDate: true),
        new("subscription.plan", "the name of the subscription", "subscription"),
        new("subscription.renewal_date", "the first day not paid for", "subscription", IsDate: true),
        new("subscription.days_left", "whole days until the renewal date", "subscription", IsNumber: true),
        new("links.unsubscribe", "the address to unsubscribe; the footer has it already"),
        new("links.reason_url", "the page that asks why the customer stayed away"),
        new("links.reason_forgot_url", "the same page with “it slipped my mind” chosen"),
        new("links.reason_dissatisfied_url", "the same page with “something wasn’t right” chosen"),
        new("links.reason_changed_url", "the same page with “my life has changed” chosen"),
        new("links.come_back_url", "the page to say: I’d like to come back"),
        new("links.call_url", "the page to ask for a telephone call"),
        new("links.preferences_url", "the page to choose how often and in which language; the footer has it already"),
        new("links.return_url", "the address to come back: book or renew", "links.return_url"),
        new("links.referral_url", "the customer's own address to pass on to a friend", "links.referral_url"),
        new("links.referral_code", "the customer's own code for a friend to mention", "links.referral_code"),
        new("links.my_referrals_url", "the customer's own page with what came of the friends they referred", "links.my_referrals_url"),
    ];

    /// <summary>For the mail that asks a friend whether it was them who signed up.</summary>
    public static IReadOnlyList<MailPlaceholder> ForFriends { get; } =
    [
        .. ForTemplates.Where(placeholder => placeholder.Name.StartsWith("business.", StringComparison.Ordinal)),
        new("invitation.referrer", "the first name of the customer who invites", "invitation.referrer"),
        new("invitation.reward", "what the friend gets", "invitation.reward"),
        new("invitation.refund_days", "whole days in which a purchase can be given back", "invitation.refund_days", IsNumber: true),
        new("invitation.valid_days", "whole days in which the friend has to buy", IsNumber: true),
        new("links.confirm_url", "the page to say: yes, that was me"),
        new("links.unsubscribe", "the address to get no mail ever; the footer has it already"),
    ];

    internal static IReadOnlyList<MailPlaceholder> ForLayouts { get; } =
    [
        .. ForTemplates.Where(placeholder => placeholder.Name.StartsWith("business.", StringComparison.Ordinal)),
        new("business.logo_url", "the address of your logo", "business.logo_url"),
        new("links.unsubscribe", "the address to unsubscribe"),
        new("links.preferences_url", "the page to choose how often and in which language"),
        new("language", "nl or en"),
        new("subject", "the mail's subject"),
        new("preheader", "the line that mailboxes show after the subject", "preheader"),
        new("body", "the mail itself, as HTML", IsHtml: true),
        new("footer.why", "why the reader gets this mail"),
        new("footer.question", "what leads to the unsubscribe link"),
        new("footer.unsubscribe", "the words of the unsubscribe link"),
        new("footer.preferences", "the words of the link to choose how often"),
        new("colours.accent", "the owner's colour"),
        new("colours.on_accent", "for words on the owner's colour"),
        new("colours.accent_on_light", "for links on white"),
        new("colours.accent_on_dark", "for links in dark mode"),
    ];

    /// <summary>The model under the names that templates use; what is absent is null.</summary>
    /// <param name="write">How a value is made literal where it will stand.</param>
    internal static Dictionary<string, object?> Values(MailModel model, MailLanguage language, Func<string, string> write)
    {
        object? Text(string? value) => value is null || OneLine(value) is not { Length: > 0 } line ? null : write(line);
        object? Date(DateOnly? value) => value is { } date ? new WrittenDate(date, language, write) : null;
        var (customer, business, offer, subscription, links, invitation) = (model.Customer, model.Business, model.Offer, model.Subscription, model.Links, model.Invitation);
        return new()
        {
            ["customer"] = new Dictionary<string, object?> { ["first_name"] = Text(customer.FirstName), ["name"] = Text(customer.Name) },
            ["business"] = new Dictionary<string, object?>
            {
                ["name"] = Text(business.Name),
                ["postal_address"] = Text(string.Join(", ", Lines(business.PostalAddress))),
                ["website"] = Text(business.Website?.AbsoluteUri),
                ["phone"] = Text(business.Phone?.Replace(" ", MailLanguage.Unbroken, StringComparison.Ordinal)),
                ["logo_url"] = Text(business.LogoUrl?.AbsoluteUri),
            },
            [WrittenMoney.Key] = new WrittenMoney(language, business.Currency, write),
            ["last_visit"] = Date(model.LastVisit),
            ["away_months"] = model.AwayMonths,
            ["visits"] = model.Visits,
            ["news"] = Text(model.News),
            ["offer"] = offer is null ? null : new Dictionary<string, object?>
            {
                ["text"] = Text(offer.Text.Replace("€ ", $"€{MailLanguage.Unbroken}", StringComparison.Ordinal)),
                ["evenings"] = Text(language.DaysOfWeek(offer.Evenings)),
                ["code"] = Text(offer.Code),
                ["valid_until"] = Date(offer.ValidUntil),
            },
            ["subscription"] = subscription is null ? null : new Dictionary<string, object?>
            {
                ["plan"] = Text(subscription.Plan),
                ["renewal_date"] = Date(subscription.RenewalDate),
                ["days_left"] = subscription.DaysLeft,
            },
            ["invitation"] = invitation is null ? null : new Dictionary<string, object?>
            {
                ["referrer"] = Text(invitation.Referrer),
                ["reward"] = Text(invitation.Reward),
                ["refund_days"] = invitation.RefundDays == 0 ? null : invitation.RefundDays,
                ["valid_days"] = invitation.ValidDays,
            },
            ["links"] = new Dictionary<string, object?>
            {
                ["unsubscribe"] = Text(links.Unsubscribe.AbsoluteUri),
                ["reason_url"] = Text(links.Pages?.Reason.AbsoluteUri),
                ["reason_forgot_url"] = Text(links.Pages?.ReasonOf("forgot").AbsoluteUri),
                ["reason_dissatisfied_url"] = Text(links.Pages?.ReasonOf("dissatisfied").AbsoluteUri),
                ["reason_changed_url"] = Text(links.Pages?.ReasonOf("situation-changed").AbsoluteUri),
                ["come_back_url"] = Text(links.Pages?.ComeBack.AbsoluteUri),
                ["call_url"] = Text(links.Pages?.Call.AbsoluteUri),
                ["preferences_url"] = Text(links.Pages?.Preferences.AbsoluteUri),
                ["return_url"] = Text(links.ReturnUrl?.AbsoluteUri),
                ["referral_url"] = Text(links.ReferralUrl?.AbsoluteUri),
                ["referral_code"] = Text(links.ReferralCode),
                ["my_referrals_url"] = Text(links.MyReferralsUrl?.AbsoluteUri),
                ["confirm_url"] = Text(invitation?.Confirm.AbsoluteUri),
            },
        };
    }

    /// <summary>The value under a name such as offer or offer.code; null when it is absent.</summary>
    internal static object? Find(Dictionary<string, object?> values, string name) =>
        name.Split('.').Aggregate<string, object?>(values, (value, part) => (value as Dictionary<string, object?>)?[part]);

    /// <summary>
    /// The text on one line: line ends, tabs and other control characters become one space, and marks that turn the direction
    /// of the text around them are left out. So no value can end a header or a paragraph.
    /// </summary>
    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')) continue;
            var isSpace = c == ' ' || char.IsControl(c) || c is '\u2028' or '\u2029';
            if (!isSpace) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        return line.ToString().Trim();
    }

    private static string[] Lines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
