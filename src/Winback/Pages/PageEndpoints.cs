using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Winback.Customers;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies.Reading;

namespace Winback.Pages;

/// <summary>
/// <c>/api/{reason,return,call,preferences}/{token}</c>: the pages behind the links of a mail. GET shows a form and changes nothing, since link
/// scanners open every link; POST acts, and has acted when it is answered. The signature in the token is what grants it: no login, no cookie.
/// </summary>
public static class PageEndpoints
{
    /// <summary>The longest form has a text of 2,000 characters.</summary>
    private const int MaxBytes = 64 * 1024;

    private const int MaxFields = 20;

    private const string AskedAtField = "asked";

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        Map(app, PagePurpose.Reason, "/api/reason/{token}", (visit, http) => ReasonPage.Ask(visit, http.Request.Query["reason"]), ReasonAsync);
        Map(
            app, PagePurpose.Return, "/api/return/{token}", (visit, _) => ReturnPage.Ask(visit),
            (visit, form, http) => SayAsync(http, visit, form, ReturnPage.Answer(visit, form, http.RequestServices.GetRequiredService<ReplyReader>())));
        Map(app, PagePurpose.Call, "/api/call/{token}", (visit, _) => CallPage.Ask(visit), (visit, form, http) => SayAsync(http, visit, form, CallPage.Answer(visit, form)));
        Map(app, PagePurpose.Preferences, "/api/preferences/{token}", (visit, _) => PreferencesPage.Ask(visit), PreferAsync);
    }

    /// <summary>When the form was shown, posted with it.</summary>
    internal static Html Asked(Visit visit) => Html.Of($"""<input type="hidden" name="{AskedAtField}" value="{visit.Now.Instant.UtcDateTime:O}">""");

    private static void Map(
        IEndpointRouteBuilder app, PagePurpose purpose, string route, Func<Visit, HttpContext, Page> ask, Func<Visit, IFormCollection, HttpContext, Task<IResult>> act)
    {
        app.MapGet(route, (string token, HttpContext http, ReplyReader reader) => OpenAsync(http, purpose, token, visit =>
        {
            // What is written on a page is read before it is answered, and the first reading of a process takes seconds: they pass while the form is filled in.
            _ = Task.Run(reader.Prepare);
            return Task.FromResult(PageShell.Answer(http, visit.Business, ask(visit, http)));
        }));
        app.MapPost(route, (string token, HttpContext http) => OpenAsync(http, purpose, token, async visit => await act(visit, await FormAsync(http), http)))
            .DisableAntiforgery();
    }

    private static async Task<IResult> OpenAsync(HttpContext http, PagePurpose purpose, string token, Func<Visit, Task<IResult>> answer)
    {
        var business = http.RequestServices.GetRequiredService<BusinessOptions>();
        var language = PageLanguage.Asked(http);
        var visit = await http.RequestServices.GetRequiredService<Reception>().ReceiveAsync(purpose, token, language, http.RequestAborted);
        if (visit is null || (purpose == PagePurpose.Preferences && visit.Customer is null))
            return PageShell.Answer(http, business, StrayPage.Unknown(language ?? business.Language), StatusCodes.Status404NotFound);
        return visit.Link.IsExpired(visit.Now.Today) ? PageShell.Answer(http, business, StrayPage.Expired(visit.Language), StatusCodes.Status410Gone) : await answer(visit);
    }

    private static async Task<IResult> ReasonAsync(Visit visit, IFormCollection form, HttpContext http)
    {
        var services = http.RequestServices;
        var referral = visit.Customer is { Customer: { Id: var id, ErasedAt: null, DeceasedAt: null } }
            ? await services.GetRequiredService<ReferralCodes>().OfAsync(id, http.RequestAborted)
            : null;
        return await SayAsync(http, visit, form, ReasonPage.Answer(visit, form, services.GetRequiredService<ReplyReader>(), referral?.Friend));
    }

    private static async Task<IResult> SayAsync(HttpContext http, Visit visit, IFormCollection form, FormResult result)
    {
        if (result.Said is not { } said) return PageShell.Answer(http, visit.Business, result.Page, StatusCodes.Status400BadRequest);
        // Whoever closes the page after pressing the button has said it all the same: from here on it is done whole.
        await http.RequestServices.GetRequiredService<PageReplies>().TakeAsync(visit, said, AskedAt(visit, form).Instant, CancellationToken.None);
        return PageShell.Answer(http, visit.Business, result.Page);
    }

    private static async Task<IResult> PreferAsync(Visit visit, IFormCollection form, HttpContext http)
    {
        var (chosen, wrong) = PreferencesPage.Read(visit, form, AskedAt(visit, form).Day);
        if (chosen is null) return PageShell.Answer(http, visit.Business, wrong!, StatusCodes.Status400BadRequest);
        await http.RequestServices.GetRequiredService<PreferenceBook>().ApplyAsync(visit.Customer!, chosen, CancellationToken.None);
        return PageShell.Answer(http, visit.Business, PreferencesPage.Done(visit, chosen));
    }

    /// <summary>When the link worked and that is not to come; else now.</summary>
    private static (DateTimeOffset Instant, DateOnly Day) AskedAt(Visit visit, IFormCollection form)
    {
        var isTime = DateTimeOffset.TryParseExact(form.Line(AskedAtField), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        var day = isTime ? visit.Now.DayOf(at) : default;
        return isTime && day >= visit.Link.IssuedOn && at <= visit.Now.Instant ? (at, day) : (visit.Now.Instant, visit.Now.Today);
    }

    /// <exception cref="BadHttpRequestException">Over the limit, or no form can be made of it.</exception>
    private static async Task<IFormCollection> FormAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBytes) throw new BadHttpRequestException("The form is too large.", StatusCodes.Status413PayloadTooLarge);
        if (!http.Request.HasFormContentType) return FormCollection.Empty;
        try
        {
            return await http.Request.ReadFormAsync(
            new FormOptions { BufferBodyLengthLimit = MaxBytes, ValueLengthLimit = MaxBytes, MultipartBodyLengthLimit = MaxBytes, ValueCountLimit = MaxFields }, http.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException("The form is malformed.", e);
        }
    }
}
