using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Reading;

public sealed class ReplyReaderTests
{
    [Fact]
    public void Every_character_can_be_read()
    {
        for (var c = 0; c <= char.MaxValue; c++) Assert.False(Shipped.Read($"{(char)c} 5 {(char)c}").Automatic);
    }

    [Theory]
    [InlineData("Ik ben niet ontevreden, ik had gewoon geen tijd.", SubReason.NoTime)]
    [InlineData("It wasn't the price. I simply forgot.", SubReason.OutOfSight)]
    [InlineData("Het is niet te duur.", SubReason.None)]
    [InlineData("We zijn niet verhuisd.", SubReason.None)]
    public void What_is_denied_is_no_reason(string text, SubReason sub) => Assert.Equal(sub, Shipped.Read(text).SubReason);

    [Theory]
    [InlineData("Niet verhuisd. Zijn graf ligt hier.")]
    [InlineData("Het is niet te duur, hij ligt nu in de kist.")]
    public void A_hint_of_a_death_beside_what_is_denied_takes_nobody_for_dead(string text) => Assert.Equal(SubReason.None, Shipped.Read(text).SubReason);

    [Fact]
    public void Whatever_stands_beside_what_is_denied_can_be_read() =>
        Assert.All(LabelledReplies.Development().Where((_, i) => i % 7 == 0), l => Assert.NotNull(Shipped.Read("We zijn niet verhuisd en het is niet te duur. " + l.Reply)));

    [Theory]
    [InlineData("Toen jullie verhuisden ben ik overgestapt naar een andere kapper.", SubReason.Competitor)]
    [InlineData("My stylist left you and I followed her.", SubReason.Competitor)]
    [InlineData("Jullie zijn verhuisd.", SubReason.None)]
    [InlineData("Wij zijn verhuisd.", SubReason.Moved)]
    public void Whose_circumstances_changed_counts(string text, SubReason sub) => Assert.Equal(sub, Shipped.Read(text).SubReason);

    [Theory]
    [InlineData("Lekker eten, maar veel te duur geworden.", SubReason.Price)]
    [InlineData("Ik kan het niet meer betalen.", SubReason.Price)]
    [InlineData("Ik ben mijn baan kwijt.", SubReason.Job)]
    [InlineData("Mijn man is overleden.", SubReason.Deceased)]
    [InlineData("The business has closed for good.", SubReason.BusinessClosed)]
    [InlineData("We've been taken over by a larger group.", SubReason.TakenOver)]
    public void The_reason_is_found(string text, SubReason sub)
    {
        var reading = Shipped.Read(text);

        Assert.Equal((sub, SubReasons.ReasonOf(sub)), (reading.SubReason, reading.Reason));
        Assert.NotEmpty(reading.Evidence["reason"]);
        Assert.InRange(reading.Confidence["reason"], 0.01, 1);
    }

    [Theory]
    [InlineData("Graag uitschrijven.\n\nMet vriendelijke groet,\nPiet Bos\nManager kwaliteit en levering")]
    [InlineData("Please unsubscribe me.\n\nKind regards,\nTim Archer\nHead of Pricing and Delivery")]
    public void Names_and_titles_below_a_sign_off_say_nothing(string text) => Assert.Equal(Reason.None, Shipped.Read(text).Reason);

    [Theory]
    [InlineData("Misschien kom ik ooit weer eten.")]
    [InlineData("Maybe I'll come back some day.")]
    [InlineData("Ik kom niet meer terug.")]
    public void A_maybe_or_a_no_is_no_wish_to_return(string text) => Assert.DoesNotContain(Intent.Return, Shipped.Read(text).Intents);

    [Theory]
    [InlineData("Zodra de dokter het goed vindt kom ik weer sporten.")]
    [InlineData("Als jullie weer op zondag open zijn bestel ik graag opnieuw.")]
    [InlineData("Yes please, book me in for Friday.")]
    public void A_wish_on_a_condition_is_one(string text) => Assert.Contains(Intent.Return, Shipped.Read(text).Intents);

    [Theory]
    [InlineData("Kunt u mij morgen bellen?")]
    [InlineData("Could someone call me back please?")]
    public void A_request_to_be_phoned_is_no_question(string text) => Assert.Equal([Intent.CallMe], Shipped.Read(text).Intents);

    [Theory]
    [InlineData("Zijn jullie op maandag open?", true)]
    [InlineData("I was wondering whether you do gift vouchers.", true)]
    [InlineData("Is dat alweer zo lang geleden?", false)]
    [InlineData("Eerlijk?", false)]
    public void A_question_is_one_that_wants_an_answer(string text, bool isQuestion) => Assert.Equal(isQuestion, Shipped.Read(text).Intents.Contains(Intent.Question));

    [Theory]
    [InlineData("Bedankt voor al die jaren.", true)]
    [InlineData("Thanks for nothing.", false)]
    [InlineData("No thanks.", false)]
    [InlineData("Dank voor uw deelneming.", false)]
    public void Thanks_are_meant(string text, bool meant) => Assert.Equal(meant, Shipped.Read(text).Intents.Contains(Intent.Thanks));

    [Theory]
    [InlineData("Stop met mailen.", Intent.Unsubscribe)]
    [InlineData("Delete all my data please.", Intent.EraseData)]
    [InlineData("Mijn opvolger is Petra, petra@example.com.", Intent.Refer)]
    [InlineData("We hebben vorige week al verlengd.", Intent.AlreadyCustomer)]
    public void What_is_asked_or_told_is_found(string text, Intent intent)
    {
        var reading = Shipped.Read(text);

        Assert.Equal([intent], reading.Intents);
        Assert.NotEmpty(reading.Evidence[Labels.Of(intent)]);
    }

    [Theory]
    [InlineData("Wis al mijn gegevens.")]
    [InlineData("Verwijder mij volledig uit jullie systeem.")]
    public void Who_asks_to_be_erased_is_not_unsubscribed_by_that(string text) => Assert.Equal([Intent.EraseData], Shipped.Read(text).Intents);

    [Fact]
    public void Whom_somebody_else_looks_for_is_no_complaint_of_the_writer() =>
        Assert.Equal(Reason.None, Shipped.Read("Mijn zwager is net begonnen en zoekt nog een leverancier.").Reason);

    [Fact]
    public void The_evidence_is_what_was_written() => Assert.Equal(["te DÚÚR"], Shipped.Read("Dat vond ik te DÚÚR.").Evidence["reason"]);

    [Fact]
    public void Nothing_written_is_read_as_nothing()
    {
        var reading = Shipped.Read("> Hoi,\n> Kom je nog?");

        Assert.Equal(("", Reason.None, 0), (reading.Reply, reading.Reason, reading.Intents.Length));
    }
}
