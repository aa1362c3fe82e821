using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Pages;

namespace Winback.Referrals;

/// <summary>
/// What came of a customer's friends, for that customer: first names only. Why a referral is refused is not said, nor that it is before its time is over,
/// since whoever fills in somebody else's address would learn from it who is a customer.
/// </summary>
internal static class MyReferralsPage
{
    private const int Shown = 50;

    /// <param name="referrals">All of this customer, the earliest first.</param>
    /// <param name="link">The page to pass on.</param>
    public static Page Of(string language, IReadOnlyList<DecidedReferral> referrals, string link, BusinessOptions business, ReferralOptions options)
    {
        var isEnglish = language == "en";
        var lines = referrals.Reverse().Take(Shown).Select(r => Html.Of($"<li><strong>{FirstName(r, isEnglish)}</strong>: {State(r, isEnglish)}</li>"));
        var list = referrals.Count == 0 ? Html.None : Html.Of($"<ul>{Html.Of(lines)}</ul>");
        var terms = Invitation.Money(options.ReferrerReward, language, business) is { } reward
            ? Html.Of($"<p>{Terms(isEnglish, reward, options)}</p>") : Html.None;
        var share = isEnglish ? "Pass this on to a friend:" : "Geef dit door aan een vriend:";
        return new Page(
            language, isEnglish ? "Your friends" : "Je vrienden",
            Html.Of($"""
                <p>{Count(isEnglish, referrals)}</p>{list}{terms}
                <div class="panel"><p>{share}</p><p><a href="{link}">{link}</a></p></div>
                """))
        { OtherLanguage = $"?lang={Page.Other(language)}" };
    }

    public static Page Expired(string language) => language == "en"
        ? new Page("en", "This link has expired", Html.Of($"<p>It worked for {ReferralLinks.ValidDays} days. Take the link from our latest mail, or ask us.</p>"))
        : new Page("nl", "Deze link is verlopen", Html.Of($"<p>Hij werkte {ReferralLinks.ValidDays} dagen. Neem de link uit onze laatste mail, of vraag het ons.</p>"));

    private static string Count(bool isEnglish, IReadOnlyList<DecidedReferral> referrals)
    {
        var pending = referrals.Count(r => r is { Decision: { State: ReferralState.Pending, ToReferrer: true }, Referral.ConfirmedAt: not null });
        var earned = referrals.Count(r => r.Decision is { State: ReferralState.Earned or ReferralState.HandedOut, ToReferrer: true });
        return (isEnglish, referrals.Count) switch
        {
            (true, 0) => "No friend has signed up through you yet.",
            (_, 0) => "Er heeft zich nog geen vriend via jou aangemeld.",
            (true, 1) => $"1 friend signed up through you. Rewards: {pending} on the way, {earned} earned.",
            (true, var all) => $"{all} friends signed up through you. Rewards: {pending} on the way, {earned} earned.",
            (_, 1) => $"1 vriend heeft zich via jou aangemeld. Beloningen: {pending} onderweg, {earned} verdiend.",
            (_, var all) => $"{all} vrienden hebben zich via jou aangemeld. Beloningen: {pending} onderweg, {earned} verdiend.",
        };
    }

    private static string State(DecidedReferral r, bool isEnglish) => (isEnglish, r.Decision) switch
    {
        // When somebody bought is told of no address that its owner did not confirm.
        (_, { State: ReferralState.Pending, EarnedOn: not null }) when r.Referral.ConfirmedAt is null => isEnglish ? "signed up" : "aangemeld",
        (true, { EarnedOn: not null, ToReferrer: false }) => "bought; you had your rewards for this year",
        (_, { EarnedOn: not null, ToReferrer: false }) => "heeft gekocht; je had je beloningen voor dit jaar al",
        (true, { State: ReferralState.HandedOut }) => "reward handed out",
        (_, { State: ReferralState.HandedOut }) => "beloning uitgereikt",
        (true, { State: ReferralState.Earned }) => "reward earned",
        (_, { State: ReferralState.Earned }) => "beloning verdiend",
        (true, { State: ReferralState.Pending, EarnedOn: { } day }) => $"bought; the reward is yours on {MailLanguage.English.ShortDate(day)}",
        (_, { State: ReferralState.Pending, EarnedOn: { } day }) => $"heeft gekocht; de beloning is op {MailLanguage.Dutch.ShortDate(day)} van jou",
        (true, { IsOver: true }) => "did not buy in time",
        (_, { IsOver: true }) => "heeft niet op tijd gekocht",
        (true, _) => "signed up",
        _ => "aangemeld",
    };

    private static string Terms(bool isEnglish, string reward, ReferralOptions options) => isEnglish
        ? $"You get {reward} for each friend who is new here and buys something, for at most {options.MaxPerYear} friends a year."
        : $"Je krijgt {reward} voor elke vriend die hier nieuw is en iets koopt, voor hoogstens {options.MaxPerYear} vrienden per jaar.";

    /// <summary>The first word of what the friend gave.</summary>
    private static string FirstName(DecidedReferral r, bool isEnglish) =>
        r.Referral.Name?.Split(' ', 2)[0] ?? (isEnglish ? "A friend" : "Een vriend");
}
