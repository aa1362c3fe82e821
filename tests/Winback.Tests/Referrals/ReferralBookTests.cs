using Winback.Cli.Commands;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Tests.Fakes;

namespace Winback.Tests.Referrals;

/// <summary>From a friend who signs up to the reward that was handed out, as the owner sees it.</summary>
public sealed class ReferralBookTests : IDisposable
{
    private static readonly CustomerId K1 = CustomerId.Parse("k1");
    private static readonly CustomerId K2 = CustomerId.Parse("k2");
    private static readonly CustomerId K9 = CustomerId.Parse("k9");

    private readonly InMemoryApp _app = new(("Referrals:FriendReward", "10"));

    public ReferralBookTests()
    {
        foreach (var id in new[] { K1, K2 })
        {
            _app.AddLapsed(id.Value);
            _app.Codes.Put(CodeKind.Referral, Code(id), new CodeOwner(id));
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReferralBook Book => _app.Get<ReferralBook>();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_friend_who_is_imported_and_buys_earns_both_the_reward_which_is_handed_out_once()
    {
        await SignUpAsync(K1, "piet@vriend.example");
        await ImportAsync(K9, "Piet@vriend.example");
        await BuyAsync(K9, 13, "B1", 25);
        Assert.Equal(ReferralState.Pending, (await OneAsync(K1)).Decision.State);
        var early = await Book.RewardAsync((await OneAsync(K1)).Referral.Id, Cancel);
        _app.Time.Advance(TimeSpan.FromDays(20));
        var id = (await OneAsync(K1)).Referral.Id;

        var first = await Book.RewardAsync(id, Cancel);
        _app.Time.Advance(TimeSpan.FromDays(1));
        var second = await Book.RewardAsync(id, Cancel);

        Assert.False(early.Done);
        Assert.StartsWith("it is pending", early.Detail, StringComparison.Ordinal);
        Assert.True(first.Done && second.Done);
        var done = Assert.Single(_app.Referrals.All).HandedOut!;
        Assert.Equal((InMemoryApp.Start.AddDays(20), new DateOnly(2026, 10, 28), true), (done.At, done.EarnedOn, done.ToReferrer));
    }

    [Fact]
    public async Task A_refund_within_the_period_takes_it_back()
    {
        await SignUpAsync(K1, "piet@vriend.example");
        await ImportAsync(K9, "piet@vriend.example");
        await BuyAsync(K9, 13, "B1", 25);
        _app.Time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(ReferralState.Earned, (await OneAsync(K1)).Decision.State);

        await BuyAsync(K9, 15, "B1", -25);

        Assert.Equal(ReferralState.Waiting, (await OneAsync(K1)).Decision.State);
    }

    [Fact]
    public async Task Who_is_in_the_customer_file_is_an_existing_customer_also_after_leaving_it()
    {
        await ImportAsync(K9, "piet@vriend.example");
        await SignUpAsync(K1, "piet@vriend.example");
        await ImportAsync(K9, "ander@vriend.example");

        Assert.Equal(ReferralReason.ExistingCustomer, (await OneAsync(K1)).Decision.Reason);
    }

    [Fact]
    public async Task Of_two_customers_the_first_to_refer_a_friend_wins()
    {
        await SignUpAsync(K1, "piet@vriend.example");
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        await SignUpAsync(K2, "piet@vriend.example");
        await ImportAsync(K9, "piet@vriend.example");
        await BuyAsync(K9, 13, "B1", 25);

        Assert.Equal(ReferralReason.InRefundPeriod, (await OneAsync(K1)).Decision.Reason);
        Assert.Equal(ReferralReason.OtherReferrer, (await OneAsync(K2)).Decision.Reason);
    }

    [Fact]
    public async Task A_friend_with_a_telephone_number_is_matched_by_the_owner_and_then_counts_once()
    {
        await SignUpAsync(K1, phone: "06 12345678");
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        await SignUpAsync(K2, "piet@vriend.example");
        await ImportAsync(K9, "piet@vriend.example");
        await BuyAsync(K9, 13, "B1", 25);
        Assert.Equal(ReferralState.Waiting, (await OneAsync(K1)).Decision.State);
        var id = (await OneAsync(K1)).Referral.Id;

        var matched = await Book.MatchAsync(id, K9, Cancel);
        await Book.MatchAsync(id, K9, Cancel);

        Assert.True(matched.Done);
        Assert.Equal(ReferralState.Pending, (await OneAsync(K1)).Decision.State);
        Assert.Equal(ReferralReason.OtherReferrer, (await OneAsync(K2)).Decision.Reason);
        Assert.Equal(["k1", "k2"], (await Book.OfFriendAsync(K9, Cancel)).Select(d => d.Referral.Referrer.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_friend_who_was_matched_wrongly_is_matched_again_and_stands_in_nobodys_way()
    {
        await SignUpAsync(K1, phone: "06 12345678");
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        await SignUpAsync(K2, "piet@vriend.example");
        await ImportAsync(K9, "piet@vriend.example");
        await ImportAsync(CustomerId.Parse("k8"), "els@vriend.example");
        await BuyAsync(K9, 13, "B1", 25);
        var id = (await OneAsync(K1)).Referral.Id;
        await Book.MatchAsync(id, K9, Cancel);
        Assert.Equal(ReferralReason.OtherReferrer, (await OneAsync(K2)).Decision.Reason);

        await Book.MatchAsync(id, CustomerId.Parse("k8"), Cancel);

        Assert.Equal(ReferralReason.InRefundPeriod, (await OneAsync(K2)).Decision.Reason);
        Assert.Equal(K2, Assert.Single(await Book.OfFriendAsync(K9, Cancel)).Referral.Referrer);
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        await SignUpAsync(K1, "piet@vriend.example");
        var id = (await OneAsync(K1)).Referral.Id;

        Assert.Contains("no such referral", (await Book.RewardAsync("nonsense", Cancel)).Detail, StringComparison.Ordinal);
        Assert.Equal("there is no customer k9", (await Book.MatchAsync(id, K9, Cancel)).Detail);
    }

    [Fact]
    public async Task A_reward_is_decided_again_when_the_referral_changed_meanwhile()
    {
        await SignUpAsync(K1, "piet@vriend.example");
        await ImportAsync(K9, "piet@vriend.example");
        await BuyAsync(K9, 13, "B1", 25);
        _app.Time.Advance(TimeSpan.FromDays(20));
        var one = await OneAsync(K1);
        var handedOut = new HandedOut(InMemoryApp.Start, new DateOnly(2026, 10, 28), true);
        _app.Referrals.BeforeNextWrite(() => _app.Referrals.TryReplaceAsync(one.File, one.Referral with { HandedOut = handedOut }, Cancel));

        var result = await Book.RewardAsync(one.Referral.Id, Cancel);

        Assert.Equal("it was handed out before", result.Detail);
        Assert.Equal(handedOut, Assert.Single(_app.Referrals.All).HandedOut);
    }

    [Fact]
    public async Task The_owner_sees_states_in_status_and_both_sides_in_why()
    {
        await SignUpAsync(K1, "piet@vriend.example");
        await SignUpAsync(K1, "els@vriend.example");
        await ImportAsync(K9, "piet@vriend.example");
        await BuyAsync(K9, 13, "B1", 25);

        Assert.Equal([("waiting", 1), ("pending", 1)], (await StatusReport.ReferralsAsync(_app.Services, Cancel)).Select(s => (s.Key, s.Value)));
        var referrer = (await WhyReport.ReadAsync(_app.Services, K1, null, Cancel))!;
        Assert.Equal(["in-refund-period", "no-purchase-yet"], referrer.Referred.Select(r => r.Reason).Order());
        Assert.Empty(referrer.ReferredBy);
        var friend = Assert.Single((await WhyReport.ReadAsync(_app.Services, K9, null, Cancel))!.ReferredBy);
        Assert.Equal(("k1", "pending"), (friend.Referrer, friend.State));
    }

    private static string Code(CustomerId id) => $"CODE{id.Value}";

    private async Task SignUpAsync(CustomerId referrer, string? email = null, string? phone = null)
    {
        var form = new FriendForm("Piet", email, phone);
        Assert.Empty(form.Problems);
        Assert.Equal(SignUpResult.Recorded, await _app.Get<SignUp>().RecordAsync(Code(referrer), form.ToFriend(null, null), Cancel));
    }

    private async Task ImportAsync(CustomerId id, string email) =>
        await _app.Book.ApplyAsync(id, [new CustomerRow(id, null, null, email, null, null, null, PermissionSource.Column)], Cancel);

    private async Task BuyAsync(CustomerId id, int october, string order, decimal amount) =>
        await _app.Book.AddPurchasesAsync(id, [new Purchase(id, new DateOnly(2026, 10, october), null, Money.FromAmount(amount), order, null, 0)], Cancel);

    private async Task<DecidedReferral> OneAsync(CustomerId referrer) => Assert.Single(await Book.OfAsync(referrer, Cancel));
}
