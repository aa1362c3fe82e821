using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailLanguageTests
{
    [Theory]
    [InlineData("2027-01-05", "dinsdag 5 januari 2027", "Tuesday 5 January 2027")]
    [InlineData("2028-02-29", "dinsdag 29 februari 2028", "Tuesday 29 February 2028")] // leap day
    [InlineData("2026-12-31", "donderdag 31 december 2026", "Thursday 31 December 2026")]
    [InlineData("2026-03-01", "zondag 1 maart 2026", "Sunday 1 March 2026")] // first of the week of DayOfWeek
    public void A_date_is_written_out(string date, string dutch, string english)
    {
        var day = DateOnly.Parse(date, null);
        Assert.Equal((dutch, english), (MailLanguage.Dutch.Date(day), MailLanguage.English.Date(day)));
    }

    [Theory]
    [InlineData(new[] { DayOfWeek.Tuesday }, "dinsdag", "Tuesday")]
    [InlineData(new[] { DayOfWeek.Wednesday, DayOfWeek.Tuesday }, "dinsdag en woensdag", "Tuesday and Wednesday")]
    [InlineData(new[] { DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Friday, DayOfWeek.Monday }, "maandag, vrijdag en zondag", "Monday, Friday and Sunday")]
    public void Days_are_enumerated_from_Monday(DayOfWeek[] days, string dutch, string english) =>
        Assert.Equal((dutch, english), (MailLanguage.Dutch.DaysOfWeek(days), MailLanguage.English.DaysOfWeek(days)));

    [Theory]
    [InlineData("nl", "nl")]
    [InlineData("EN", "en")]
    [InlineData("de", null)]
    [InlineData(null, null)]
    public void A_language_has_a_code(string? code, string? expected)
    {
        Assert.Equal(expected is not null, MailLanguage.TryParse(code, out var language));
        Assert.Equal(expected, language?.Code);
    }
}
