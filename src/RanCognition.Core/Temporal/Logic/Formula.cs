namespace RanCognition.Temporal.Logic;

/// <summary>A formula of signal temporal logic over metrics. Immutable, compared by structure; its text is canonical.</summary>
public abstract record Formula
{
    /// <summary>Upper bound on comparisons and operators together, so that one evaluation stays bounded.</summary>
    public const int NodesMax = 256;

    private protected Formula()
    {
    }

    /// <summary>Conjunction; nested conjunctions are flattened, a single term is itself.</summary>
    public static Formula And(params IEnumerable<Formula> terms) => Junction.Create(isAnd: true, terms);

    /// <summary>Disjunction; nested disjunctions are flattened, a single term is itself.</summary>
    public static Formula Or(params IEnumerable<Formula> terms) => Junction.Create(isAnd: false, terms);

    /// <summary>Canonical text; parsing it gives this formula again.</summary>
    public sealed override string ToString() => FormulaText.Of(this);

    /// <summary>Formulas directly below this one, in order.</summary>
    internal abstract IReadOnlyList<Formula> Children { get; }
}
