using Winback.Replies.Reading;

namespace Winback.Pages;

/// <summary>I'd like to come back.</summary>
internal static class ReturnPage
{
    public const int MaxText = 500;

    private const string Wish = "wish";

    public static Page Ask(Visit visit) => visit.Asking(Title(visit), Body(visit, "", null));

    public static FormResult Answer(Visit visit, IFormCollection form, ReplyReader reader)
    {
        var wish = form.Text(Wish);
        if (wish.Length > MaxText)
        {
            var tooLong = visit.Say($"Dit zijn {wish.Length} tekens; er passen er {MaxText} in. Maak het iets korter.", $"These are {wish.Length} characters; there is room for {MaxText}. Please make it a little shorter.");
            return new FormResult(visit.Wrong(Title(visit), Body(visit, wish, tooLong)), null);
        }
        // What else is asked counts too, such as to be called; only the button says that they come back.
        var read = reader.Read(new IncomingReply("", "", wish));
        Intent[] intents = [Intent.Return, .. read.Automatic ? [] : read.Intents.AsSpan()];
        return new FormResult(Thanks(visit), new Said(wish, ReplyReading.Given(wish, Reason.None, SubReason.None, intents)));
    }

    private static string Title(Visit visit) => visit.Say("Kom je weer eens langs?", "Coming back to us?");

    private static Html Body(Visit visit, string wish, string? tooLong) => Html.Of($"""
        <p>{visit.Say("Wat leuk! Eén druk op de knop en we weten het.", "How nice! One press of the button and we know.")}</p>
        {FormFields.Form(
            FormFields.Lines(Wish, visit.Say("Waar kunnen we je mee helpen?", "How can we help?"), wish, MaxText, visit.Say("Hoeft niet. Bijvoorbeeld wanneer je wilt komen, of wat je zoekt.", "Not needed. For instance when you’d like to come, or what you are looking for."), tooLong),
            PageEndpoints.Asked(visit),
            FormFields.Button(visit.Say("Ja, ik kom graag terug", "Yes, I’d like to come back")))}
        """);

    private static Page Thanks(Visit visit) => visit.Done(visit.Say("Wat fijn, tot gauw", "Wonderful, see you soon"), Html.Of($"""
        <p>{visit.Say("We hebben het genoteerd en kijken ernaar uit. Wil je meteen iets regelen, dan kan dat ook.", "We have made a note of it and look forward to it. If you’d like to arrange something right away, you can.")}</p>
        {visit.WayBack(visit.Say("Naar onze website", "To our website"))}
        """));
}
