using RanCognition.Numerics;

namespace RanCognition.Optimization.Son;

/// <summary>Looks for a colouring of a graph by moving one vertex at a time to the colour of fewest conflicts.</summary>
/// <remarks>TabuCol: Hertz and de Werra, "Using tabu search techniques for graph coloring", 1987, with the tenure of Galinier and Hao, 1999: 0.6 times the vertices in conflict plus up to 9.</remarks>
internal static class TabuColouring
{
    private const long OperationsMax = 20_000_000;

    /// <returns>The colours; null = none found, which proves nothing.</returns>
    public static int[]? Find(ColourGraph graph, int colourCount, ulong seed)
    {
        int count = graph.Count;
        if (colourCount == 0)
        {
            return count == 0 ? [] : null;
        }
        var random = new RandomStream(seed);
        int[] colours = new int[count], conflicts = new int[count * colourCount];
        long[] tabuUntil = new long[count * colourCount];
        for (int vertex = 0; vertex < count; vertex++)
        {
            colours[vertex] = (int)(random.NextDouble() * colourCount);
            foreach (int neighbour in graph.Neighbours[vertex])
            {
                conflicts[neighbour * colourCount + colours[vertex]]++;
            }
        }
        int total = 0;
        for (int vertex = 0; vertex < count; vertex++)
        {
            total += conflicts[vertex * colourCount + colours[vertex]];
        }
        total /= 2;
        int least = total;
        long iterationsMax = OperationsMax / Math.Max(1, count * (long)colourCount);
        for (long iteration = 0; iteration < iterationsMax && total > 0; iteration++)
        {
            int bestVertex = -1, bestColour = 0, bestDelta = int.MaxValue, ties = 0, inConflict = 0;
            for (int vertex = 0; vertex < count; vertex++)
            {
                int row = vertex * colourCount, present = conflicts[row + colours[vertex]];
                if (present == 0)
                {
                    continue;
                }
                inConflict++;
                for (int colour = 0; colour < colourCount; colour++)
                {
                    int delta = conflicts[row + colour] - present;
                    if (colour == colours[vertex] || delta > bestDelta || (tabuUntil[row + colour] > iteration && total + delta >= least))
                    {
                        continue;
                    }
                    ties = delta < bestDelta ? 1 : ties + 1;
                    if (ties == 1 || random.NextDouble() * ties < 1)
                    {
                        (bestVertex, bestColour, bestDelta) = (vertex, colour, delta);
                    }
                }
            }
            if (bestVertex < 0)
            {
                continue;   // every move is tabu: wait
            }
            int old = colours[bestVertex];
            colours[bestVertex] = bestColour;
            foreach (int neighbour in graph.Neighbours[bestVertex])
            {
                conflicts[neighbour * colourCount + old]--;
                conflicts[neighbour * colourCount + bestColour]++;
            }
            total += bestDelta;
            least = Math.Min(least, total);
            tabuUntil[bestVertex * colourCount + old] = iteration + 1 + (long)(0.6 * inConflict) + (long)(random.NextDouble() * 10);
        }
        return total == 0 ? colours : null;
    }
}
