using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Winback.Replies.Reading;

/// <summary>A reply as somebody may write it, why its writer stayed away and what they ask for.</summary>
internal sealed record Example(SubReason Sub, ImmutableArray<Intent> Intents, Words Words);

/// <summary>What the examples make of a text.</summary>
/// <param name="Subs">The logarithm of how probable each sub-reason is, and none.</param>
/// <param name="Intents">The logarithm of the odds of each intent.</param>
internal sealed record Learning(ImmutableDictionary<SubReason, double> Subs, ImmutableDictionary<Intent, double> Intents);

/// <summary>
/// Weights for all features of a text, learned from the examples when the lexicon is loaded: logistic regression, by passes over the examples in an
/// order that is always the same. So there are no weights to ship, and an example that an owner adds counts at once.
/// </summary>
internal sealed class Learned
{
    private const int Passes = 8;
    private const float Pace = 2.8f;

    /// <summary>How fast a weight that nothing confirms fades.</summary>
    private const float Fading = 0.005f;

    /// <summary>A smaller error is none to learn from.</summary>
    private const float Negligible = 0.004f;

    private static readonly SubReason[] Subs = Enum.GetValues<SubReason>();
    private static readonly Intent[] Intents = Enum.GetValues<Intent>();
    private static readonly int Outputs = Subs.Length + Intents.Length;

    private readonly Features _features;
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly float[] _bias = new float[Outputs];
    private float[] _weights = [];

    public Learned(Func<Words, Meanings> meanings, IReadOnlyList<Example> examples)
    {
        _features = new Features(meanings);
        var lessons = examples.Select(e => (Known: Know(e.Words), Target: Target(e))).ToArray();
        _weights = new float[_known.Count * Outputs];
        for (var pass = 0; pass < Passes; pass++)
            foreach (var i in Shuffled(lessons.Length)) Learn(lessons[i].Known, lessons[i].Target, Pace * (1 - ((float)pass / Passes)));
    }

    public Learning Of(Words words)
    {
        var known = Known(words);
        var outputs = Predict(known);
        return new(
            Subs.Select((sub, i) => (sub, Math.Log(outputs[i] + 1e-6))).ToImmutableDictionary(p => p.sub, p => p.Item2),
            Intents.Select((intent, i) => (intent, p: (double)outputs[Subs.Length + i])).ToImmutableDictionary(p => p.intent, p => Math.Log((p.p + 1e-6) / (1 - p.p + 1e-6))));
    }

    /// <summary>The three words that speak most for it.</summary>
    public ImmutableArray<string> Telling(Words words, SubReason sub) => Telling(words, Array.IndexOf(Subs, sub));

    /// <inheritdoc cref="Telling(Words, SubReason)"/>
    public ImmutableArray<string> Telling(Words words, Intent intent) => Telling(words, Subs.Length + Array.IndexOf(Intents, intent));

    private ImmutableArray<string> Telling(Words words, int output)
    {
        var weights = new float[words.Count];
        foreach (var feature in _features.Of(words))
            if (_known.TryGetValue(feature.Name, out var index)) weights[feature.Word] += _weights[(index * Outputs) + output] * feature.Value;
        return
        [
            .. weights.Select((w, i) => (Weight: w, Index: i)).Where(w => w.Weight > 0).OrderByDescending(w => w.Weight).Take(3)
                .OrderBy(w => w.Index).Select(w => words.Written(w.Index, w.Index + 1)).Distinct(),
        ];
    }

    private (int Index, float Value)[] Know(Words words) =>
        [.. _features.Of(words).Select(f => (_known.TryGetValue(f.Name, out var index) ? index : _known[f.Name] = _known.Count, f.Value))];

    private (int Index, float Value)[] Known(Words words) =>
        [.. _features.Of(words).Select(f => (Index: _known.GetValueOrDefault(f.Name, -1), f.Value)).Where(f => f.Index >= 0)];

    private static float[] Target(Example example)
    {
        var target = new float[Outputs];
        target[Array.IndexOf(Subs, example.Sub)] = 1;
        foreach (var intent in example.Intents) target[Subs.Length + Array.IndexOf(Intents, intent)] = 1;
        return target;
    }

    /// <summary>Every number once; neighbours, which the file groups by label, far apart.</summary>
    private static IEnumerable<int> Shuffled(int count)
    {
        const int Stride = 7919;
        var step = count % Stride == 0 ? Stride + 2 : Stride;
        for (var i = 0; i < count; i++) yield return (int)((long)i * step % count);
    }

    private void Learn((int Index, float Value)[] known, float[] target, float pace)
    {
        var outputs = Predict(known);
        var step = pace / (1 + known.Sum(k => k.Value * k.Value));
        Span<float> change = stackalloc float[Outputs];
        Span<float> kept = stackalloc float[Outputs];
        for (var o = 0; o < Outputs; o++)
        {
            var error = target[o] - outputs[o];
            var isWrong = MathF.Abs(error) >= Negligible;
            (change[o], kept[o]) = isWrong ? (step * error, 1 - (step * Fading)) : (0, 1);
            _bias[o] += change[o];
        }
        foreach (var (index, value) in known)
        {
            var weights = _weights.AsSpan(index * Outputs, Outputs);
            TensorPrimitives.Multiply(weights, kept, weights);
            TensorPrimitives.MultiplyAdd(change, value, weights, weights);
        }
    }

    private float[] Predict((int Index, float Value)[] known)
    {
        var sums = (float[])_bias.Clone();
        foreach (var (index, value) in known)
        {
            TensorPrimitives.MultiplyAdd(_weights.AsSpan(index * Outputs, Outputs), value, sums, sums);
        }
        var most = sums.Take(Subs.Length).Max();
        var total = 0f;
        for (var o = 0; o < Subs.Length; o++) total += sums[o] = MathF.Exp(sums[o] - most);
        for (var o = 0; o < Subs.Length; o++) sums[o] /= total;
        for (var o = Subs.Length; o < Outputs; o++) sums[o] = 1 / (1 + MathF.Exp(-sums[o]));
        return sums;
    }
}
