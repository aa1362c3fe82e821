using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Pages;

/// <summary>Why did you stay away? Three honest answers and room for words; a link in the mail may have chosen one already.</summary>
internal static class ReasonPage
{
    public const int MaxText = 2000;

    private const string Field = "reason";
    private const string Story = "story";

    public static Page Ask(Visit visit, string? chosen) =>
        Parse(chosen) is var reason and not Reason.None
            ? visit.Asking(Title(visit), Body(visit, reason, "", null, null), $"&reason={Labels.Of(reason)}")
            : visit.Asking(Title(visit), Body(visit, Reason.None, "", null, null));

    /// <param name="friend">The customer's link to pass on; null for none.</param>
    public static FormResult Answer(Visit visit, IFormCollection form, ReplyReader reader, Uri? friend)
    {
        var reason = Parse(form.Line(Field));
        var story = form.Text(Story);
        var noReason = reason == Reason.None ? visit.Say("Kies wat het best past.", "Choose what fits best.") : null;
        var tooLong = story.Length > MaxText
            ? visit.Say($"Dit zijn {story.Length} tekens; er passen er {MaxText} in. Maak het iets korter.", $"These are {story.Length} characters; there is room for {MaxText}. Please make it a little shorter.")
            : null;
        if (noReason is not null || tooLong is not null) return new FormResult(visit.Wrong(Title(visit), Body(visit, reason, story, noReason, tooLong)), null);
        var reading = Read(reason, story, reader);
        return new FormResult(Thanks(visit, reading, friend), new Said(story, reading));
    }

    /// <summary>
    /// The reason is as chosen; the words say what lies behind it, where they agree, and what else is asked. A death outweighs the choice: a link in the
    /// mail may have made it.
    /// </summary>
    private static ReplyReading Read(Reason reason, string story, ReplyReader reader)
    {
        var read = reader.Read(new IncomingReply("", "", story));
        var isDeath = read is { Automatic: false, SubReason: SubReason.Deceased } && read.Confidence.GetValueOrDefault("reason") >= FollowUp.SureEnough;
        var sub = read.Reason == reason || isDeath ? read.SubReason : SubReason.None;
        return ReplyReading.Given(story, reason, sub, read.Automatic ? [] : read.Intents.AsSpan());
    }

    private static Reason Parse(string? word) => word is not null && Labels.TryParse<Reason>(word, out var reason) ? reason : Reason.None;

    private static string Title(Visit visit) => visit.Say("Waarom bleef je weg?", "Why did you stay away?");

    private static Html Body(Visit visit, Reason chosen, string story, string? noReason, string? tooLong)
    {
        Choice[] reasons =
        [
            new(Labels.Of(Reason.Forgot), visit.Say("Het kwam er niet meer van", "I never got round to it"), visit.Say("Dat overkomt iedereen.", "It happens to all of us.")),
            new(Labels.Of(Reason.Dissatisfied), visit.Say("Er was iets niet goed", "Something wasn’t right"), visit.Say("Vertel het ons, dan maken we het graag goed.", "Tell us, and we’ll gladly put it right.")),
            new(Labels.Of(Reason.SituationChanged), visit.Say("Mijn leven ziet er nu anders uit", "My life has changed"), visit.Say("Verhuisd, ander werk, iets anders nodig…", "Moved, another job, other needs…")),
        ];
        return Html.Of($"""
            <p>{visit.Say("Een eerlijk antwoord helpt ons het meest. We lezen alles zelf.", "An honest answer helps us most. We read everything ourselves.")}</p>
            {FormFields.Form(
                FormFields.OneOf(Field, visit.Say("Wat past het best?", "What fits best?"), reasons, chosen == Reason.None ? null : Labels.Of(chosen), noReason),
                FormFields.Lines(Story, visit.Say("Wil je er iets bij vertellen?", "Would you like to tell us more?"), story, MaxText, visit.Say("Hoeft niet, mag wel.", "Only if you feel like it."), tooLong),
                PageEndpoints.Asked(visit),
                FormFields.Button(visit.Say("Verstuur", "Send")))}
            """);
    }

    private static Page Thanks(Visit visit, ReplyReading reading, Uri? friend) => reading.Reason switch
    {
        Reason.Dissatisfied => visit.Done(visit.Say("Dank je wel dat je het zegt", "Thank you for telling us"), Html.Of($"""
            <p>{visit.Say("Het spijt ons oprecht. Dit had anders gemoeten.", "We are truly sorry. This should have gone differently.")}</p>
            <p>{visit.Say("Iemand van ons kijkt er persoonlijk naar en laat je weten wat we eraan doen.", "One of us will look into it personally and let you know what we will do about it.")}</p>
            """)),
        Reason.Forgot => visit.Done(visit.Say("Dank je wel", "Thank you"), Html.Of($"""
            <p>{visit.Say("Dat begrijpen we goed. Je bent welkom wanneer je maar wilt, en niemand vraagt waar je bleef.", "We quite understand. You are welcome whenever you like, and nobody will ask where you’ve been.")}</p>
            {Coupon(visit)}
            {visit.WayBack(visit.Say("Naar onze website", "To our website"))}
            """)),
        _ when reading.SubReason is SubReason.Deceased or SubReason.Health or SubReason.Family => visit.Done(visit.Say("Dank je wel dat je het ons laat weten", "Thank you for letting us know"), Html.Of($"""
            <p>{visit.Say("We wensen je veel sterkte. We vallen je voorlopig niet meer lastig.", "We wish you all the strength you need. We won’t bother you for now.")}</p>
            """)),
        _ => visit.Done(visit.Say("Dank je wel", "Thank you"), Html.Of($"""
            <p>{visit.Say("Fijn dat je het ons laat weten. We wensen je alle goeds, en dank dat je klant bij ons was.", "It’s good of you to let us know. We wish you all the best, and thank you for having been our customer.")}</p>
            {PassOn(visit, friend)}
            """)),
    };

    private static Html PassOn(Visit visit, Uri? friend) => friend is null
        ? Html.Of($"<p>{visit.Say("Ken je iemand die nu wél iets aan ons heeft? Noem ons gerust.", "Do you know someone we could be of use to now? Feel free to mention us.")}</p>")
        : Html.Of($"""
            <p>{visit.Say("Ken je iemand die nu wél iets aan ons heeft? Geef dan gerust je eigen link door:", "Do you know someone we could be of use to now? Feel free to pass on your own link:")}</p>
            <div class="panel"><p><a href="{friend.AbsoluteUri}">{friend.AbsoluteUri}</a></p></div>
            """);

    /// <summary>Only that there may be one: the code is the customer's, and this page may have been forwarded.</summary>
    private static Html Coupon(Visit visit) => visit.Campaign?.Offer is null
        ? Html.None
        : Html.Of($"""<p>{visit.Say("De code in je mail blijft geldig tot de dag die erbij staat.", "The code in your mail is good until the day that it names.")}</p>""");
}
