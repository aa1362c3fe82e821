using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Pages;

/// <summary>Somebody opens a page from a mail: whose mail, and all that the page may say.</summary>
/// <param name="Customer">Null when there is no such customer any more.</param>
/// <param name="Campaign">As it is now; null when it is gone.</param>
/// <param name="Language">Chosen on the page, else the customer's, else the owner's.</param>
internal sealed record Visit(
    PagePurpose Purpose, PageLink Link, CodeOwner Owner, CustomerFile? Customer, Campaign? Campaign, string Language, Moment Now, BusinessOptions Business)
{
    /// <summary>Where the customer comes back; null when the owner has no website.</summary>
    public string? ReturnUrl => Campaign?.ReturnUrl ?? (Business.Website is { Length: > 0 } site ? site : null);

    public string Say(string dutch, string english) => PageLanguage.Say(Language, dutch, english);

    /// <summary>The page before anything was posted, in the other language too.</summary>
    /// <param name="query">What the address says besides the language, such as <c>&amp;reason=forgot</c>.</param>
    public Page Asking(string title, Html body, string query = "") =>
        new(Language, title, body) { OtherLanguage = $"?lang={Page.Other(Language)}{query}" };

    public Page Wrong(string title, Html body) => new(Language, title, body) { HasProblem = true };

    public Page Done(string title, Html body) => new(Language, title, body) { IsDone = true };

    /// <summary>A button to the owner's website and the telephone number, as far as there are any.</summary>
    public Html WayBack(string button)
    {
        var site = ReturnUrl is { } url ? Html.Of($"""<p class="actions"><a class="button" href="{url}">{button}</a></p>""") : Html.None;
        var phone = Business.Phone is { Length: > 0 } number
            ? Html.Of($"""<p class="actions">{Say("Liever bellen? Graag:", "Rather call? Please do:")} <a href="tel:{string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+'))}">{number}</a></p>""")
            : Html.None;
        return Html.Of($"{site}{phone}");
    }
}

/// <summary>Finds out who opens a page.</summary>
internal sealed class Reception(Links links, ICodeStore codes, ICustomerStore customers, CampaignCatalog catalog, BusinessOptions business, OwnerClock clock)
{
    /// <returns>Null when the link is not ours; one that is expired shows in <see cref="Visit.Link"/>.</returns>
    public async Task<Visit?> ReceiveAsync(PagePurpose purpose, string token, string? language, CancellationToken cancel)
    {
        if (!links.TryReadPage(purpose, token, out var link)) return null;
        if (await codes.FindAsync(CodeKind.Reply, link.Outreach.Value, cancel) is not { } owner) return null;
        var customer = await customers.FindAsync(owner.Customer, cancel);
        var campaign = owner.Campaign is { } id ? (await catalog.CurrentAsync(cancel)).Find(id) : null;
        return new Visit(purpose, link, owner, customer, campaign, language ?? customer?.Profile.Language ?? business.Language, clock.Now, business);
    }
}
