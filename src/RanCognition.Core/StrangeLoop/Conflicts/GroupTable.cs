using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Which parameters belong to the same groups.</summary>
internal sealed class GroupTable
{
    private const int MergeMax = 16;   // lists of more unequal lengths are searched by halving

    private static readonly int[] s_none = [];

    private readonly Dictionary<string, int[]> _groupsOf = new(StringComparer.Ordinal);   // ascending

    public GroupTable(IReadOnlyList<ParameterGroup> groups, string argument)
    {
        Groups = groups;
        int parameters = 0;
        for (int i = 0; i < groups.Count; i++)
        {
            parameters += groups[i].Parameters.Count;
            if (parameters > StrangeLoopLimits.GroupParametersMax)
            {
                throw new LimitExceededException($"{argument}/groups/{i}", $"at most {StrangeLoopLimits.GroupParametersMax} parameters of all groups");
            }
        }
        var found = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < groups.Count; i++)
        {
            foreach (GroupParameter parameter in groups[i].Parameters)
            {
                if (!found.TryGetValue(parameter.ParameterName, out List<int>? own))
                {
                    found.Add(parameter.ParameterName, own = []);
                }
                if (own.Count == 0 || own[^1] != i)
                {
                    own.Add(i);
                }
            }
        }
        foreach (KeyValuePair<string, List<int>> entry in found)
        {
            _groupsOf.Add(entry.Key, entry.Value.ToArray());
        }
    }

    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Whether these are its groups: a caller may send them with every command.</summary>
    public bool Is(IReadOnlyList<ParameterGroup> groups)
    {
        if (groups.Count != Groups.Count)
        {
            return false;
        }
        for (int i = 0; i < groups.Count; i++)
        {
            IReadOnlyList<GroupParameter> own = Groups[i].Parameters, other = groups[i].Parameters;
            if (Groups[i].Name != groups[i].Name || own.Count != other.Count)
            {
                return false;
            }
            for (int k = 0; k < own.Count; k++)
            {
                if (own[k].ParameterName != other[k].ParameterName || own[k].ChangeTarget != other[k].ChangeTarget)
                {
                    return false;
                }
            }
        }
        return true;
    }

    /// <summary>Places of the groups that it belongs to, ascending.</summary>
    public int[] GroupsOf(string parameter) => _groupsOf.TryGetValue(parameter, out int[]? groups) ? groups : s_none;

    /// <summary>First group that both belong to; -1 = none.</summary>
    public static int FirstCommon(int[] left, int[] right)
    {
        if (left.Length > right.Length)
        {
            (left, right) = (right, left);
        }
        if (right.Length > MergeMax * left.Length)
        {
            foreach (int group in left)
            {
                if (Array.BinarySearch(right, group) >= 0)
                {
                    return group;
                }
            }
            return -1;
        }
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (left[i] == right[j])
            {
                return left[i];
            }
            if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        return -1;
    }
}
