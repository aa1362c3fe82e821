using Winback.Customers;
using Winback.Replies.Reading;

namespace Winback.Pages;

/// <summary>Call me. The number is typed and not filled in from what we know: a mail may have been forwarded.</summary>
internal static class CallPage
{
    private const int MaxTime = 100;
    private const string Phone = "phone";
    private const string Time = "time";

    public static Page Ask(Visit visit) => visit.Asking(Title(visit), Body(visit, "", "", null, null));

    public static FormResult Answer(Visit visit, IFormCollection form)
    {
        var (phone, time) = (form.Line(Phone), form.Line(Time));
        var noPhone = phone.Length == 0 ? visit.Say("Vul het nummer in waarop we je kunnen bellen.", "Fill in the number on which we can call you.")
            : !PhoneNumber.TryParse(phone, out _, out _) ? visit.Say("Dit is geen telefoonnummer. Schrijf het bijvoorbeeld als 06 12 34 56 78.", "This is not a telephone number. Write it for instance as +31 6 12 34 56 78.")
            : null;
        var tooLong = time.Length > MaxTime ? visit.Say($"Hier passen {MaxTime} tekens in. Maak het iets korter.", $"There is room for {MaxTime} characters. Please make it a little shorter.") : null;
        if (noPhone is not null || tooLong is not null) return new FormResult(visit.Wrong(Title(visit), Body(visit, phone, time, noPhone, tooLong)), null);
        var text = time.Length == 0 ? $"Tel. {phone}" : $"Tel. {phone}\n{time}";
        return new FormResult(Thanks(visit, phone), new Said(text, ReplyReading.Given(text, Reason.None, SubReason.None, Intent.CallMe), phone));
    }

    private static string Title(Visit visit) => visit.Say("Zullen we je bellen?", "Shall we call you?");

    private static Html Body(Visit visit, string phone, string time, string? noPhone, string? tooLong) => Html.Of($"""
        <p>{visit.Say("Soms praat het makkelijker. Laat je nummer achter, dan bellen we je.", "Sometimes talking is easier. Leave your number and we’ll call you.")}</p>
        {FormFields.Form(
            FormFields.Line(Phone, visit.Say("Je telefoonnummer", "Your telephone number"), phone, "tel", PhoneNumber.MaxLength, "tel", problem: noPhone),
            FormFields.Line(Time, visit.Say("Wanneer schikt het?", "When would suit you?"), time, "off", MaxTime, hint: visit.Say("Hoeft niet. Bijvoorbeeld: dinsdag na vier uur.", "Not needed. For instance: Tuesday after four."), problem: tooLong),
            PageEndpoints.Asked(visit),
            FormFields.Button(visit.Say("Bel me", "Call me")))}
        """);

    private static Page Thanks(Visit visit, string phone) => visit.Done(visit.Say("We bellen je", "We will call you"), Html.Of($"""
        <p>{visit.Say("Dank je wel. Iemand van ons belt je op", "Thank you. One of us will call you on")} <strong>{phone}</strong>.</p>
        """));
}
