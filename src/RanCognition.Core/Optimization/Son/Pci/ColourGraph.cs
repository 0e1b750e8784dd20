namespace RanCognition.Optimization.Son;

/// <summary>Which vertices must differ.</summary>
internal sealed class ColourGraph
{
    private readonly ulong[] _adjacent;
    private readonly int _words;

    /// <param name="count">Vertices.</param>
    /// <param name="edges">Pairs of vertices, one after the other; a pair may come several times, a vertex is no neighbour of itself.</param>
    public ColourGraph(int count, IReadOnlyList<int> edges)
    {
        Count = count;
        _words = (count + 63) / 64;
        _adjacent = new ulong[count * _words];
        int[] degree = new int[count];
        for (int e = 0; e + 1 < edges.Count; e += 2)
        {
            int a = edges[e], b = edges[e + 1];
            if (a != b && !AreAdjacent(a, b))
            {
                Mark(a, b);
                Mark(b, a);
                degree[a]++;
                degree[b]++;
                EdgeCount++;
            }
        }
        Neighbours = new int[count][];
        for (int vertex = 0; vertex < count; vertex++)
        {
            int[] list = new int[degree[vertex]];
            int filled = 0;
            for (int other = 0; other < count && filled < list.Length; other++)
            {
                if (AreAdjacent(vertex, other))
                {
                    list[filled++] = other;
                }
            }
            Neighbours[vertex] = list;
        }
    }

    public int Count { get; }

    public int EdgeCount { get; }

    /// <summary>Of each vertex, in ascending order.</summary>
    public int[][] Neighbours { get; }

    public bool AreAdjacent(int a, int b) => (_adjacent[a * _words + (b >> 6)] >> (b & 63) & 1) != 0;

    /// <summary>Vertices of a large set of which all are adjacent to each other: from each vertex the neighbour of most neighbours left is taken.</summary>
    public int[] GreedyClique()
    {
        int[] best = Count == 0 ? [] : [0];
        int[] members = new int[Count], candidates = new int[Count];
        for (int start = 0; start < Count; start++)
        {
            int size = 1, left = Neighbours[start].Length;
            members[0] = start;
            Neighbours[start].CopyTo(candidates, 0);
            while (left > 0 && size + left > best.Length)
            {
                int chosen = MostConnected(candidates, left), kept = 0;
                members[size++] = chosen;
                for (int i = 0; i < left; i++)
                {
                    if (AreAdjacent(chosen, candidates[i]))
                    {
                        candidates[kept++] = candidates[i];
                    }
                }
                left = kept;
            }
            if (size > best.Length)
            {
                best = members.AsSpan(0, size).ToArray();
            }
        }
        return best;
    }

    /// <summary>Pairs of vertices that have a neighbour in common, one after the other, the smaller vertex of each first.</summary>
    public List<int> PairsWithCommonNeighbour()
    {
        var pairs = new List<int>();
        ulong[] reach = new ulong[_words];
        for (int vertex = 0; vertex < Count; vertex++)
        {
            Array.Clear(reach);
            foreach (int neighbour in Neighbours[vertex])
            {
                for (int word = 0; word < _words; word++)
                {
                    reach[word] |= _adjacent[neighbour * _words + word];
                }
            }
            for (int other = vertex + 1; other < Count; other++)
            {
                if ((reach[other >> 6] >> (other & 63) & 1) != 0)
                {
                    pairs.Add(vertex);
                    pairs.Add(other);
                }
            }
        }
        return pairs;
    }

    private int MostConnected(int[] candidates, int count)
    {
        int best = candidates[0], bestDegree = -1;
        for (int i = 0; i < count; i++)
        {
            int degree = 0;
            for (int j = 0; j < count; j++)
            {
                degree += AreAdjacent(candidates[i], candidates[j]) ? 1 : 0;
            }
            if (degree > bestDegree)
            {
                (best, bestDegree) = (candidates[i], degree);
            }
        }
        return best;
    }

    private void Mark(int a, int b) => _adjacent[a * _words + (b >> 6)] |= 1UL << (b & 63);
}
