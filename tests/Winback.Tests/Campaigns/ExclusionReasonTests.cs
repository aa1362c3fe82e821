using Winback.Campaigns;

namespace Winback.Tests.Campaigns;

public sealed class ExclusionReasonTests
{
    [Theory]
    [MemberData(nameof(All))]
    public void Every_reason_has_a_word_and_a_sentence_of_its_own(ExclusionReason reason)
    {
        Assert.Matches("^[a-z-]+$", reason.Word());
        Assert.Matches(@"^[A-Z][^.]+\.$", reason.Explain());
        Assert.Single(Enum.GetValues<ExclusionReason>(), r => r.Explain() == reason.Explain());
    }

    public static TheoryData<ExclusionReason> All => [.. Enum.GetValues<ExclusionReason>()];
}
