namespace RanCognition.Numerics;

/// <summary>Which rows of a matrix feed each other, directly or through others.</summary>
/// <remarks>Tarjan, Depth-first search and linear graph algorithms (SIAM Journal on Computing 1, 1972), without recursion.</remarks>
internal static class StrongComponents
{
    /// <summary>The component of each row, numbered from 0 so that none depends on a later one: the matrix is block triangular in their order.</summary>
    /// <param name="matrix">n rows of n numbers; anything but 0 is a dependence of the row on the column.</param>
    /// <param name="n">0 or more.</param>
    /// <param name="count">How many components there are.</param>
    public static int[] Of(double[] matrix, int n, out int count)
    {
        int[] component = new int[n], visit = new int[n], lowest = new int[n], next = new int[n], path = new int[n], open = new int[n];
        Array.Fill(component, -1);
        int visits = 0, opened = 0;
        count = 0;
        for (int root = 0; root < n; root++)
        {
            if (visit[root] != 0)
            {
                continue;
            }
            int depth = 0;
            Enter(root);
            while (depth > 0)
            {
                int at = path[depth - 1], to = next[at];
                while (to < n && (matrix[at * n + to] == 0 || component[to] >= 0))
                {
                    to++;
                }
                next[at] = to + 1;
                if (to < n)
                {
                    if (visit[to] == 0)
                    {
                        Enter(to);
                    }
                    else
                    {
                        lowest[at] = Math.Min(lowest[at], visit[to]);
                    }
                    continue;
                }
                depth--;
                if (depth > 0)
                {
                    int parent = path[depth - 1];
                    lowest[parent] = Math.Min(lowest[parent], lowest[at]);
                }
                if (lowest[at] == visit[at])
                {
                    int member;
                    do
                    {
                        member = open[--opened];
                        component[member] = count;
                    }
                    while (member != at);
                    count++;
                }
            }

            void Enter(int row)
            {
                visit[row] = lowest[row] = ++visits;
                open[opened++] = row;
                path[depth++] = row;
            }
        }
        return component;
    }
}
