namespace RanCognition.Optimization.Search;

/// <summary>All points of a space, the last variable changing fastest.</summary>
internal static class Enumeration
{
    private const int Rows = 256;

    /// <param name="problem">A problem with a finite number of points.</param>
    public static IEnumerable<Batch> All(SearchProblem problem)
    {
        SearchSpace space = problem.Space;
        Batch batch = new(space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        double[] place = new double[space.Dimension], point = new double[space.Dimension];
        space.Corner(point);
        for (bool isMore = true; isMore;)
        {
            batch.Resize(Rows);
            int rows = 0;
            for (; rows < Rows && isMore; rows++)
            {
                point.CopyTo(batch.Point(rows));
                isMore = Next(space, place, point);
            }
            batch.Resize(rows);
            yield return batch;
        }
    }

    private static bool Next(SearchSpace space, double[] place, double[] point)
    {
        for (int i = place.Length - 1; i >= 0; i--)
        {
            place[i] = place[i] + 1 < space.Axis(i).PointCount ? place[i] + 1 : 0;
            point[i] = space.Axis(i).CoordinateOf(place[i]);
            if (place[i] > 0)
            {
                return true;
            }
        }
        return false;
    }
}
