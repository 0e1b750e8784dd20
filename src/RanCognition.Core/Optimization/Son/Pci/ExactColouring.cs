namespace RanCognition.Optimization.Son;

/// <summary>Whether the vertices of a graph can have one of k colours each so that neighbours differ: answered by trying all that matters.</summary>
/// <remarks>
/// Backtracking with the order of DSATUR (Brelaz, "New methods to color the vertices of a graph", 1979): next is the vertex whose neighbours have most colours already. A colour that no vertex has yet is as good
/// as any other such, so only one of them is tried. A large clique is coloured first.
/// </remarks>
internal sealed class ExactColouring
{
    private readonly ColourGraph _graph;
    private readonly int _colourCount;
    private readonly int[] _colours;
    private readonly int[] _blocked;      // [vertex][colour]: neighbours that have the colour
    private readonly int[] _saturation;   // colours that neighbours have
    private readonly int[] _free;         // neighbours without a colour

    private ExactColouring(ColourGraph graph, int colourCount)
    {
        _graph = graph;
        _colourCount = colourCount;
        _colours = new int[graph.Count];
        Array.Fill(_colours, -1);
        _blocked = new int[graph.Count * colourCount];
        _saturation = new int[graph.Count];
        _free = new int[graph.Count];
        for (int vertex = 0; vertex < graph.Count; vertex++)
        {
            _free[vertex] = graph.Neighbours[vertex].Length;
        }
    }

    /// <summary>Looks for a colouring.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="colourCount">Colours that may be used.</param>
    /// <param name="nodeLimit">Choices after which the search gives up.</param>
    /// <param name="colours">The colouring, where there is one.</param>
    /// <returns>True = found, false = there is none, null = gave up.</returns>
    public static bool? Find(ColourGraph graph, int colourCount, long nodeLimit, out int[]? colours)
    {
        colours = null;
        if (graph.Count == 0)
        {
            colours = [];
            return true;
        }
        int[] clique = graph.GreedyClique();
        if (clique.Length > colourCount)
        {
            return false;
        }
        var search = new ExactColouring(graph, colourCount);
        for (int i = 0; i < clique.Length; i++)
        {
            search.Set(clique[i], i);
        }
        bool? found = search.Run(clique.Length, nodeLimit);
        colours = found == true ? search._colours : null;
        return found;
    }

    /// <summary>The smallest number of colours, and a colouring with so many.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="nodeLimit">Choices for each number of colours that is tried.</param>
    /// <param name="isProven">Whether fewer are impossible for sure.</param>
    public static int LeastColours(ColourGraph graph, long nodeLimit, out bool isProven)
    {
        int lower = graph.GreedyClique().Length, least = Greedy(graph);
        isProven = true;
        while (least > lower)
        {
            bool? found = Find(graph, least - 1, nodeLimit, out int[]? colours);
            if (found is null)
            {
                colours = TabuColouring.Find(graph, least - 1, seed: 1);
            }
            if (colours is null)
            {
                isProven = found == false;
                break;
            }
            least = DistinctCount(colours);
        }
        return least;
    }

    /// <summary>Colours that the order of DSATUR needs without going back.</summary>
    private static int Greedy(ColourGraph graph)
    {
        int most = 0;
        foreach (int[] neighbours in graph.Neighbours)
        {
            most = Math.Max(most, neighbours.Length);
        }
        return Find(graph, Math.Min(most + 1, graph.Count), graph.Count + 1L, out int[]? colours) == true ? DistinctCount(colours!) : most + 1;
    }

    private static int DistinctCount(int[] colours)
    {
        int count = 0;
        foreach (int colour in colours)
        {
            count = Math.Max(count, colour + 1);
        }
        return count;
    }

    /// <summary>Colours what is left; the first coloured vertices stay.</summary>
    private bool? Run(int coloured, long nodeLimit)
    {
        int left = _graph.Count - coloured, depth = 0;
        int[] vertexAt = new int[left + 1], colourAt = new int[left + 1], usedAt = new int[left + 1];
        usedAt[0] = coloured;
        if (left == 0)
        {
            return true;
        }
        vertexAt[0] = Next();
        colourAt[0] = -1;
        while (depth >= 0)
        {
            int vertex = vertexAt[depth];
            if (colourAt[depth] >= 0)
            {
                Clear(vertex, colourAt[depth]);
            }
            int colour = NextColour(vertex, colourAt[depth] + 1, usedAt[depth]);
            if (colour < 0)
            {
                depth--;
                continue;
            }
            if (nodeLimit-- <= 0)
            {
                return null;
            }
            colourAt[depth] = colour;
            Set(vertex, colour);
            if (depth + 1 == left)
            {
                return true;
            }
            usedAt[depth + 1] = Math.Max(usedAt[depth], colour + 1);
            vertexAt[++depth] = Next();
            colourAt[depth] = -1;
        }
        return false;
    }

    /// <summary>First colour from a given one that no neighbour has; at most one that is new.</summary>
    private int NextColour(int vertex, int from, int used)
    {
        int end = Math.Min(used + 1, _colourCount);
        for (int colour = from; colour < end; colour++)
        {
            if (_blocked[vertex * _colourCount + colour] == 0)
            {
                return colour;
            }
        }
        return -1;
    }

    private int Next()
    {
        int best = -1;
        for (int vertex = 0; vertex < _colours.Length; vertex++)
        {
            if (_colours[vertex] < 0 && (best < 0 || _saturation[vertex] > _saturation[best] || (_saturation[vertex] == _saturation[best] && _free[vertex] > _free[best])))
            {
                best = vertex;
            }
        }
        return best;
    }

    private void Set(int vertex, int colour)
    {
        _colours[vertex] = colour;
        foreach (int neighbour in _graph.Neighbours[vertex])
        {
            _free[neighbour]--;
            if (_blocked[neighbour * _colourCount + colour]++ == 0)
            {
                _saturation[neighbour]++;
            }
        }
    }

    private void Clear(int vertex, int colour)
    {
        _colours[vertex] = -1;
        foreach (int neighbour in _graph.Neighbours[vertex])
        {
            _free[neighbour]++;
            if (--_blocked[neighbour * _colourCount + colour] == 0)
            {
                _saturation[neighbour]--;
            }
        }
    }
}
