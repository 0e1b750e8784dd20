namespace RanCognition.Temporal.Logic;

/// <summary>Two or more formulas joined by <c>and</c> or by <c>or</c>; never directly inside one of its own kind.</summary>
public sealed record Junction : Formula
{
    private readonly Formula[] _terms;

    private Junction(bool isAnd, Formula[] terms)
    {
        IsAnd = isAnd;
        _terms = terms;
    }

    public bool IsAnd { get; }

    public IReadOnlyList<Formula> Terms => _terms;

    internal override IReadOnlyList<Formula> Children => _terms;

    /// <inheritdoc/>
    public bool Equals(Junction? other) =>
        other is not null && IsAnd == other.IsAnd && _terms.AsSpan().SequenceEqual(other._terms);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(IsAnd);
        foreach (var term in _terms)
        {
            hash.Add(term);
        }
        return hash.ToHashCode();
    }

    internal static Formula Create(bool isAnd, IEnumerable<Formula> terms)
    {
        var flat = new List<Formula>();
        foreach (var term in terms)
        {
            if (term is Junction inner && inner.IsAnd == isAnd)
            {
                flat.AddRange(inner._terms);
            }
            else
            {
                flat.Add(term);
            }
        }
        return flat.Count switch
        {
            0 => throw new ArgumentException("a junction needs a term", nameof(terms)),
            1 => flat[0],
            _ => new Junction(isAnd, [.. flat]),
        };
    }
}
