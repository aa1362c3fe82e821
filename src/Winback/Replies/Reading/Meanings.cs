using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>Which words mean alike: the lists <c>[meaning name]</c> of one language or of all, so that what is learned of one word of a list is known of the others.</summary>
internal sealed class Meanings
{
    private readonly ILookup<string, string> _words;
    private readonly ILookup<string, string> _beginnings;
    private readonly ILookup<string, string> _ends;

    /// <param name="lists">Name and words, with <c>*</c> at the beginning or the end of a word for the rest of it.</param>
    public Meanings(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> lists)
    {
        var all = lists.SelectMany(l => l.Value.Select(w => (Name: l.Key, Word: Words.Of(w)[0].Folded, Begins: w.EndsWith('*'), Ends: w.StartsWith('*')))).ToList();
        _words = all.Where(w => !w.Begins && !w.Ends).ToLookup(w => w.Word, w => w.Name, StringComparer.Ordinal);
        _beginnings = all.Where(w => w.Begins).ToLookup(w => w.Word, w => w.Name, StringComparer.Ordinal);
        _ends = all.Where(w => w.Ends).ToLookup(w => w.Word, w => w.Name, StringComparer.Ordinal);
    }

    public IEnumerable<string> Of(string word)
    {
        foreach (var name in _words[word]) yield return name;
        for (var length = 1; length <= word.Length; length++)
        {
            foreach (var name in _beginnings[word[..length]]) yield return name;
            foreach (var name in _ends[word[^length..]]) yield return name;
        }
    }
}
