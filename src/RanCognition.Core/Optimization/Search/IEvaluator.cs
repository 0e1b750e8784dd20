namespace RanCognition.Optimization.Search;

/// <summary>What gives points their values.</summary>
internal interface IEvaluator
{
    /// <summary>Several threads may evaluate different points at the same time.</summary>
    bool IsThreadSafe { get; }

    /// <summary>Points are better handed over together than one by one: all rows of a batch are then evaluated, those after one that reaches the target too.</summary>
    bool PrefersBatches => false;

    /// <summary>Evaluates one point.</summary>
    /// <param name="x">Its values.</param>
    /// <param name="objectives">Gets the objectives, in their own sense.</param>
    /// <param name="constraints">Gets the constraints.</param>
    /// <returns>False = the point failed.</returns>
    bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints);

    /// <summary>Evaluates several points, row by row.</summary>
    void EvaluateAll(ReadOnlySpan<double> x, int rows, Span<double> objectives, Span<double> constraints, Span<bool> failed)
    {
        int n = x.Length / rows, m = objectives.Length / rows, k = constraints.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            failed[row] = !Evaluate(x.Slice(row * n, n), objectives.Slice(row * m, m), constraints.Slice(row * k, k));
        }
    }
}
