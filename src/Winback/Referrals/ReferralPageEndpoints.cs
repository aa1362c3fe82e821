using Microsoft.AspNetCore.Http.Features;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;
using Winback.Pages;

namespace Winback.Referrals;

/// <summary>
/// <c>/api/r/{code}</c>: the page on which a friend signs up; GET changes nothing. The answer to the form is the same whoever the friend is, so that
/// nobody learns from it who is a customer. <c>/api/referrals/mine/{token}</c>: what came of a customer's friends.
/// </summary>
public static class ReferralPageEndpoints
{
    private const int MaxFormBytes = 16 * 1024;

    public static void MapReferralPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/r/{code}", Show);
        app.MapPost("/api/r/{code}", Post).DisableAntiforgery();
        app.MapGet("/api/referrals/mine/{token}", Mine);
    }

    private static async Task<IResult> Show(
        string code, HttpContext http, SignUp signUp, ReferralOptions options, BusinessOptions business, CancellationToken cancel) =>
        await signUp.ReferrerAsync(code, cancel) is { } referrer
            ? PageShell.Answer(http, business, InvitationPage.Ask(Invitation.Of(Language(http, business), referrer, business, options), new FriendForm(), agrees: false, []))
            : NoInvitation(http, business);

    private static async Task<IResult> Post(
        string code, HttpContext http, SignUp signUp, ReferralOptions options, BusinessOptions business, CancellationToken cancel)
    {
        if (await signUp.ReferrerAsync(code, cancel) is not { } referrer) return NoInvitation(http, business);
        var invitation = Invitation.Of(Language(http, business), referrer, business, options);
        if (await ReadAsync(http.Request, cancel) is not { } fields)
            return PageShell.Answer(http, business, InvitationPage.Unreadable(invitation), StatusCodes.Status400BadRequest);
        // People do not see this field; what fills it in is told the same and not recorded.
        if (!string.IsNullOrEmpty(fields[InvitationPage.TrapField])) return Done();
        var form = new FriendForm(fields["name"], fields["email"], fields["phone"]);
        var agrees = !string.IsNullOrEmpty(fields[InvitationPage.ConsentField]);
        var problems = form.Problems.ToList();
        if (problems.Count > 0)
            return PageShell.Answer(http, business, InvitationPage.Ask(invitation, form, agrees, problems), StatusCodes.Status400BadRequest);
        return await signUp.RecordAsync(code, form.ToFriend(agrees ? InvitationPage.Consent(invitation) : null, invitation.Language), cancel) switch
        {
            SignUpResult.NoSuchCode => NoInvitation(http, business),
            SignUpResult.TooMany => PageShell.Answer(http, business, InvitationPage.Full(invitation), StatusCodes.Status429TooManyRequests),
            _ => Done(),
        };

        IResult Done() => PageShell.Answer(http, business, InvitationPage.Welcome(invitation));
    }

    private static async Task<IResult> Mine(
        string token, HttpContext http, Links links, SignUp signUp, ReferralBook book, ReferralOptions options, BusinessOptions business, OwnerClock clock,
        CancellationToken cancel)
    {
        if (!links.TryReadMyReferrals(token, out var code, out var issuedOn) || await signUp.ReferrerAsync(code, cancel) is not { } referrer)
            return PageShell.Answer(http, business, StrayPage.Unknown(Language(http, business)), StatusCodes.Status404NotFound);
        var language = PageLanguage.Asked(http) ?? referrer.Profile.Language ?? business.Language;
        if (clock.Now.Today > issuedOn.AddDays(ReferralLinks.ValidDays))
            return PageShell.Answer(http, business, MyReferralsPage.Expired(language), StatusCodes.Status410Gone);
        var referrals = await book.OfAsync(referrer.Customer.Id, cancel);
        return PageShell.Answer(http, business, MyReferralsPage.Of(language, referrals, links.Referral(code), business, options));
    }

    /// <summary>A friend's language is not known: what was chosen on the page, else the browser's first that is ours.</summary>
    private static string Language(HttpContext http, BusinessOptions business) =>
        PageLanguage.Asked(http)
        ?? http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(Languages.All.Contains)
        ?? business.Language;

    /// <returns>Null when it is no form, or a far larger one than the page has.</returns>
    private static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasFormContentType || request.ContentLength > MaxFormBytes) return null;
        try
        {
            return await request.ReadFormAsync(
                new FormOptions { ValueCountLimit = 20, ValueLengthLimit = MaxFormBytes, MultipartBodyLengthLimit = MaxFormBytes }, cancel);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static IResult NoInvitation(HttpContext http, BusinessOptions business) =>
        PageShell.Answer(http, business, InvitationPage.Unknown(Language(http, business)), StatusCodes.Status404NotFound);
}
