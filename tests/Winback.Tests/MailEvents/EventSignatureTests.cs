using System.Text;
using Winback.Hosting;

namespace Winback.Tests.MailEvents;

public sealed class EventSignatureTests
{
    // SendGrid's own test vector, from the tests of its client library; the body ends with CR LF.
    private const string Key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
    private const string Signature = "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
    private const string Forged = "MEQCIB3bJQOarffIdM7+MEee+kYAdoViz6RUoScOASwMcXQxAiAcrus/j853JUlVm5qIRfbKBJwJq89znqOTedy3RetXLQ==";
    private const string Timestamp = "1600112502";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]"""
        + "\r\n");

    [Fact]
    public void The_providers_own_example_is_valid_and_its_forged_twin_is_not()
    {
        Assert.Equal(327, Body.Length);
        Assert.True(IsValid([Key], Timestamp, Signature, Body));
        Assert.False(IsValid([Key], Timestamp, Forged, Body));
    }

    [Fact]
    public void Any_of_several_keys_will_do() => Assert.True(IsValid([EventPost.PublicKey, Key], Timestamp, Signature, Body));

    [Fact]
    public void Another_key_none_another_time_or_a_body_without_its_end_is_not_valid()
    {
        Assert.False(IsValid([EventPost.PublicKey], Timestamp, Signature, Body));
        Assert.False(IsValid([], Timestamp, Signature, Body));
        Assert.False(IsValid([Key], "1600112503", Signature, Body));
        Assert.False(IsValid([Key], "", Signature, Body));
        Assert.False(IsValid([Key], Timestamp, Signature, Body.AsSpan()[..^2]));
    }

    [Fact]
    public void Not_one_bit_of_the_body_may_differ()
    {
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var changed = (byte[])Body.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IsValid([Key], Timestamp, Signature, changed), $"bit {bit}");
        }
    }

    [Fact]
    public void Whatever_stands_in_the_header_is_valid_or_not_and_no_error()
    {
        var random = new Random(20261013);
        var der = Convert.FromBase64String(Signature);
        var valid = 0;
        for (var i = 0; i < 3000; i++)
        {
            var changed = i % 3 == 0 ? der[..random.Next(der.Length)] : (byte[])der.Clone();
            for (var flips = random.Next(1, 4); flips > 0 && changed.Length > 0; flips--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (!changed.AsSpan().SequenceEqual(der) && IsValid([Key], Timestamp, Convert.ToBase64String(changed), Body)) valid++;
        }
        Assert.Equal(0, valid);
        Assert.All(["", "not base64!", "====", new string('A', 10_000), "TUVVQ0lH", "é"], s => Assert.False(IsValid([Key], Timestamp, s, Body)));
    }

    private static bool IsValid(string[] publicKeys, string timestamp, string signature, ReadOnlySpan<byte> body)
    {
        using var given = new WebhookSignature(signature, timestamp);
        given.Append(body);
        return given.IsValid(publicKeys);
    }
}
