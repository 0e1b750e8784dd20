namespace RanCognition.Tests.Optimization;

/// <summary>Graphs with known chromatic numbers (DIMACS colouring instances), made by their formulas.</summary>
internal static class Graphs
{
    /// <summary>Squares of a board; those a queen can go between are adjacent.</summary>
    public static (int Count, List<int> Edges) Queens(int side)
    {
        var edges = new List<int>();
        for (int a = 0; a < side * side; a++)
        {
            for (int b = a + 1; b < side * side; b++)
            {
                int rows = b / side - a / side, columns = b % side - a % side;
                if (rows == 0 || columns == 0 || rows == columns || rows == -columns)
                {
                    edges.Add(a);
                    edges.Add(b);
                }
            }
        }
        return (side * side, edges);
    }

    /// <summary>myciel3 = the transformation of the five-cycle, and so on; no triangles, chromatic number order + 1.</summary>
    public static (int Count, List<int> Edges) Mycielski(int order)
    {
        int count = 5;
        List<int> edges = [0, 1, 1, 2, 2, 3, 3, 4, 4, 0];
        for (int step = 2; step < order; step++)
        {
            var larger = new List<int>(edges);
            for (int e = 0; e < edges.Count; e += 2)
            {
                larger.AddRange([edges[e], count + edges[e + 1], edges[e + 1], count + edges[e]]);
            }
            for (int vertex = 0; vertex < count; vertex++)
            {
                larger.AddRange([count + vertex, 2 * count]);
            }
            (edges, count) = (larger, 2 * count + 1);
        }
        return (count, edges);
    }

    public static (int Count, List<int> Edges) Random(Random random, int count, double density)
    {
        var edges = new List<int>();
        for (int a = 0; a < count; a++)
        {
            for (int b = a + 1; b < count; b++)
            {
                if (random.NextDouble() < density)
                {
                    edges.Add(a);
                    edges.Add(b);
                }
            }
        }
        return (count, edges);
    }
}
