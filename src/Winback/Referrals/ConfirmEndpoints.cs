using Winback.Customers;
using Winback.Outreach;
using Winback.Pages;

namespace Winback.Referrals;

/// <summary>
/// <c>/api/referrals/confirm/{token}</c>: the page behind the button of the friend's mail. GET changes nothing, since link scanners open every link; POST
/// notes that it was them. The signature in the token is what grants it.
/// </summary>
public static class ConfirmEndpoints
{
    public static void MapConfirm(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/referrals/confirm/{token}", (string token, HttpContext http) => OpenAsync(http, token, r => Task.FromResult<Referral?>(r), ConfirmPage.Ask));
        app.MapPost("/api/referrals/confirm/{token}", (string token, HttpContext http, IReferralStore referrals, TimeProvider time) => OpenAsync(
            http, token,
            r => referrals.UpdateAsync(r.Referrer, r.FriendKey, now => now.ConfirmedAt is null ? now with { ConfirmedAt = time.GetUtcNow() } : now, http.RequestAborted),
            ConfirmPage.Done)).DisableAntiforgery();
    }

    /// <param name="act">What is to be done; null when the sign-up is gone meanwhile.</param>
    private static async Task<IResult> OpenAsync(HttpContext http, string token, Func<Referral, Task<Referral?>> act, Func<Invitation, Referral, Page> answer)
    {
        var services = http.RequestServices;
        var (business, options) = (services.GetRequiredService<BusinessOptions>(), services.GetRequiredService<ReferralOptions>());
        var language = PageLanguage.Asked(http);
        if (!options.Enabled || !services.GetRequiredService<Links>().TryReadFriend(token, out var key, out var id, out var issuedOn)
            || await services.GetRequiredService<IReferralStore>().OfFriendAsync(FriendHandle.Of(key), http.RequestAborted)
                .FirstOrDefaultAsync(r => r.Id == id, http.RequestAborted) is not { } found)
            return PageShell.Answer(http, business, StrayPage.Unknown(language ?? business.Language), StatusCodes.Status404NotFound);
        language ??= found.Language ?? business.Language;
        if (services.GetRequiredService<OwnerClock>().Now.Today > issuedOn.AddDays(ReferralLinks.ValidDays))
            return PageShell.Answer(http, business, StrayPage.Expired(language), StatusCodes.Status410Gone);
        if (await act(found) is not { } referral) return PageShell.Answer(http, business, StrayPage.Unknown(language), StatusCodes.Status404NotFound);
        var referrer = await services.GetRequiredService<ICustomerStore>().FindAsync(referral.Referrer, http.RequestAborted);
        return PageShell.Answer(http, business, answer(Invitation.Of(language, referrer, business, options), referral));
    }
}
