namespace RanCognition.Optimization.Search;

/// <summary>The points that a problem wants evaluated first, one batch.</summary>
internal static class StartPoints
{
    public static IEnumerable<Batch> All(SearchProblem problem)
    {
        if (problem.Starts.Count == 0)
        {
            yield break;
        }
        int n = problem.Space.Dimension;
        Batch batch = new(n, problem.Maximize.Length, problem.ConstraintCount);
        batch.Resize(problem.Starts.Count);
        if (problem.StartValues.Count > 0)
        {
            batch.GivenValues = new double[problem.Starts.Count * n];
        }
        for (int row = 0; row < problem.Starts.Count; row++)
        {
            problem.Starts[row].CopyTo(batch.Point(row));
            if (batch.GivenValues is { } values)
            {
                problem.StartValues[row].CopyTo(values, row * n);
            }
        }
        yield return batch;
    }
}
