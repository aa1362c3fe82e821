namespace Winback.Customers.Import;

/// <summary>Decides the decimal sign of a column from all its cells: 1.234 alone can be read two ways, 1.234 beside 12,50 cannot.</summary>
public sealed class AmountColumn
{
    private readonly Dictionary<DecimalEvidence, (long Line, string Text)> _first = [];

    public void Observe(long line, string? text)
    {
        var evidence = AmountText.Evidence(text);
        if (evidence != DecimalEvidence.None) _first.TryAdd(evidence, (line, text!));
    }

    /// <returns>Null when every amount reads the same either way.</returns>
    /// <exception cref="ImportException">Two cells contradict each other, or cells that can be read two ways are all there is.</exception>
    public DecimalSign? Decide()
    {
        var comma = _first.TryGetValue(DecimalEvidence.Comma, out var withComma);
        var point = _first.TryGetValue(DecimalEvidence.Point, out var withPoint);
        if (comma && point)
            throw new ImportException(
                $"The amounts contradict each other: \"{withComma.Text}\" on line {withComma.Line} has a decimal comma, " +
                $"\"{withPoint.Text}\" on line {withPoint.Line} a decimal point. Correct the file, " +
                "or say which one is right with --decimal comma or --decimal point: rows of the other kind are then rejected.");
        if (comma) return DecimalSign.Comma;
        if (point) return DecimalSign.Point;
        if (!_first.TryGetValue(DecimalEvidence.TwoWays, out var unclear)) return null;
        throw new ImportException(
            $"\"{unclear.Text}\" on line {unclear.Line} can be read two ways and no other amount in the file decides it. " +
            "Say which one it is: --decimal comma (1.234 is over a thousand) or --decimal point (1.234 is a little over one).");
    }
}
