namespace Winback.Replies.Reading;

/// <summary>A trait of a text that something can be learned of, and the word it is of.</summary>
internal readonly record struct Feature(string Name, float Value, int Word);

/// <summary>What is learned of in a text: its words, pairs of words, the letters that words are made of (for inflections, compounds and slips), and what the words mean.</summary>
/// <param name="language">The meanings that words have in the language of a text: "been" is a leg in Dutch only.</param>
internal sealed class Features(Func<Words, Meanings> language)
{
    private const int ShortestRun = 3;
    private const int LongestRun = 5;
    private const float RunValue = 0.3f;
    private const float MeaningValue = 0.5f;

    /// <summary>Each feature once, at its first word.</summary>
    public List<Feature> Of(Words words)
    {
        var meanings = language(words);
        var found = new List<Feature>(words.Count * 12);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            var word = char.IsDigit(words[i].Folded[0]) ? "0" : words[i].Folded;
            Add(word, 1, i);
            if (i > 0) Add(words[i - 1].Folded + " " + word, 1, i);
            foreach (var meaning in meanings.Of(word)) Add("@" + meaning, MeaningValue, i);
            foreach (var run in Runs(word)) Add(run, RunValue, i);
        }
        for (var i = 0; i < words.Sentences.Count; i++)
            if (words.Sentences[i].IsQuestion) Add("?", 1, words.Sentences[i].End - 1);
        return found;

        void Add(string name, float value, int word)
        {
            if (seen.Add(name)) found.Add(new Feature(name, value, word));
        }
    }

    /// <summary><c>_du</c>, <c>duur</c>, <c>ur_</c>.</summary>
    private static IEnumerable<string> Runs(string word)
    {
        var whole = $"_{word}_";
        for (var length = ShortestRun; length <= LongestRun; length++)
            for (var at = 0; at + length <= whole.Length; at++) yield return string.Concat("~", whole.AsSpan(at, length));
    }
}
