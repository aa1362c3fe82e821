using Winback.Pages;

namespace Winback.Referrals;

/// <summary>The page on which a friend says that it was them who signed up.</summary>
internal static class ConfirmPage
{
    /// <summary>One button; nothing has changed yet.</summary>
    public static Page Ask(Invitation i, Referral referral)
    {
        var what = (i.IsEnglish, i.Referrer) switch
        {
            (true, { } name) => $"Somebody signed up with {i.Business.Name}, invited by {name}, and left the address on which you got our mail.",
            (true, _) => $"Somebody signed up with {i.Business.Name} and left the address on which you got our mail.",
            (_, { } name) => $"Iemand meldde zich op uitnodiging van {name} aan bij {i.Business.Name}, met het adres waarop je onze mail kreeg.",
            _ => $"Iemand meldde zich aan bij {i.Business.Name}, met het adres waarop je onze mail kreeg.",
        };
        // In our own words: whoever knows a code can fill in any others.
        var agreed = referral.Consent is not null
            ? Html.Of($"<p>{(i.IsEnglish ? "With the button you also confirm what was ticked:" : "Met de knop bevestig je ook wat daarbij aangevinkt werd:")}</p><p class=\"panel\">{InvitationPage.Consent(i)}</p>")
            : Html.None;
        var form = FormFields.Form(FormFields.Button(i.IsEnglish ? "Yes, that was me" : "Ja, dat was ik"));
        var not = i.IsEnglish
            ? "It wasn’t you? Then there is nothing to do: we will not write to you about this again."
            : "Was jij het niet? Dan hoef je niets te doen: we mailen je hier niet meer over.";
        return new Page(i.Language, i.IsEnglish ? "Was this you?" : "Was jij dit?", Html.Of($"<p>{what}</p>{agreed}{form}<p class=\"actions\">{not}</p>"))
        {
            OtherLanguage = $"?lang={Page.Other(i.Language)}",
        };
    }

    public static Page Done(Invitation i, Referral referral) =>
        new(i.Language, i.IsEnglish ? "Thank you, now we know" : "Dank je wel, nu weten we het", InvitationPage.Reward(i)) { IsDone = true };
}
