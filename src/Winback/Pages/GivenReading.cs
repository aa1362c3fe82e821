using System.Collections.Immutable;
using Winback.Replies.Reading;

namespace Winback.Pages;

// SEAM: ReplyReading.Given takes its place.
internal static class GivenReading
{
    public static ReplyReading Of(string text, Reason reason, SubReason sub, ImmutableArray<Intent> intents) => new(
        text, false, reason, sub, intents,
        ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal), ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.WithComparers(StringComparer.Ordinal));
}
