using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>What to do about two control functions, made once for all their conflicts.</summary>
/// <remarks>
/// Where nothing is known of how they answer each other, the one that acted first keeps its decision (of the same moment: the command that was named first): the other one saw its effect and can
/// decide anew.
/// </remarks>
internal sealed class SourcePairs(LoopGainReport? loops)
{
    private readonly Dictionary<long, SourcePair> _pairs = [];
    private readonly Dictionary<string, int> _places = PlacesOf(loops);

    /// <param name="first">The command that stands first.</param>
    /// <param name="second">The other one.</param>
    public SourcePair Of(LiveCommand first, LiveCommand second)
    {
        bool secondActedFirst = second.StartNs < first.StartNs;
        long key = ((long)first.Source << 31 | (uint)second.Source) << 1 | (secondActedFirst ? 1L : 0);
        if (!_pairs.TryGetValue(key, out SourcePair? pair))
        {
            string[] sources = [first.Command.Source, second.Command.Source];
            pair = Known(sources) ?? new SourcePair(sources, null, new ConflictAdvice(null, secondActedFirst ? [sources[1], sources[0]] : sources));
            _pairs.Add(key, pair);
        }
        return pair;
    }

    private SourcePair? Known(string[] sources)
    {
        if (loops is null || !_places.TryGetValue(sources[0], out int a) || !_places.TryGetValue(sources[1], out int b))
        {
            return null;
        }
        LoopGainReport between = LoopGain.Of(sources, [[loops.Gain[a][a], loops.Gain[a][b]], [loops.Gain[b][a], loops.Gain[b][b]]], null, "loops");
        LoopAdvice advice = between.Advice;
        return new SourcePair(sources, between.SpectralRadius, advice.Kind == LoopAdviceKind.Precedence ? new ConflictAdvice(null, advice.Order) : new ConflictAdvice(advice.Damping ?? 1, null));
    }

    private static Dictionary<string, int> PlacesOf(LoopGainReport? loops)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; loops is not null && i < loops.Names.Count; i++)
        {
            places.Add(loops.Names[i], i);
        }
        return places;
    }
}
