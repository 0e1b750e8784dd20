using RanCognition.Contracts;
using RanCognition.RadioNetwork;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Networks;

/// <summary>Networks that decisions were made about, so that the next decision does not build the same one again.</summary>
/// <remarks>The bytes that a network was written with are its name: equal bytes are the same network. One without bytes is known by the object that it is. The longest unused goes first; one that is larger than the bound is not kept. Not thread-safe.</remarks>
internal sealed class NetworkCache(long bytesMax = NetworkCache.BytesMaxDefault)
{
    public const long BytesMaxDefault = 256L << 20;

    private const int NetworksMax = 4;

    // What an evaluator holds, about: by user and cell powers twice and once in single precision; by user and site three links and two antenna terms, twice.
    private const long BytesPerPair = 24, BytesPerLink = 80, BytesPerUser = 256;

    // What one takes to be built, about: each link's loss and direction, each pair's received power, and the inverse that searches of loads start from.
    private const double NanosecondsPerLink = 150, NanosecondsPerPair = 50, NanosecondsPerSlope = 0.5;

    private readonly List<Entry> _entries = [];   // the last used first

    /// <summary>Networks that are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>What they hold, about.</summary>
    public long Bytes { get; private set; }

    /// <summary>Answers for a question.</summary>
    /// <param name="question">Null comes back when it gives no network,</param>
    /// <param name="budget">or leaves no time to build the one that it gives.</param>
    public NetworkAnswers? For(DecisionProblem question, TimeBudget? budget = null)
    {
        if (question.Network is not { } network)
        {
            return null;
        }
        RadioNetworkEvaluator? evaluator = Kept(network, question.NetworkText);
        if (evaluator is null && budget is { HasDeadline: true } && !budget.Allows(NanosecondsToBuild(network)))
        {
            return null;
        }
        return new NetworkAnswers(evaluator ?? Build(network, question.NetworkText), network, question.Configuration);
    }

    /// <summary>About, of a network that need not be a possible one.</summary>
    private static ulong NanosecondsToBuild(NetworkModel network)
    {
        double sites = network.Links?.Sites ?? network.Layout?.List?.Count ?? network.Layout?.Sites ?? new LayoutSpec().Sites;
        double users = network.Links?.Users ?? network.Points?.Count ?? network.Users?.Count ?? 0;
        double cells = network.Cells?.Count ?? 3 * sites;
        double slopes = cells <= RadioNetworkEvaluator.BaseCellsMax ? cells * cells * cells : 0;
        return (ulong)Math.Max(0, NanosecondsPerLink * users * sites + NanosecondsPerPair * users * cells + NanosecondsPerSlope * slopes);
    }

    private RadioNetworkEvaluator? Kept(NetworkModel network, byte[]? text)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            Entry entry = _entries[i];
            if (entry.IsFor(network, text))
            {
                _entries.RemoveAt(i);
                _entries.Insert(0, entry);
                return entry.Evaluator;
            }
        }
        return null;
    }

    private RadioNetworkEvaluator Build(NetworkModel network, byte[]? text)
    {
        const string Place = "problem/network";
        LinkTable links = LinkTable.From(network, Place);
        RadioNetworkEvaluator evaluator = new(network, links, Place);
        Keep(new Entry(text is null ? network : null, (byte[]?)text?.Clone(), evaluator, (text?.Length ?? 0) + links.Users * (BytesPerUser + BytesPerPair * evaluator.Cells + BytesPerLink * links.Sites)));
        return evaluator;
    }

    private void Keep(Entry entry)
    {
        if (entry.Bytes > bytesMax)
        {
            return;
        }
        while (_entries.Count == NetworksMax || Bytes + entry.Bytes > bytesMax)
        {
            Bytes -= _entries[^1].Bytes;
            _entries.RemoveAt(_entries.Count - 1);
        }
        _entries.Insert(0, entry);
        Bytes += entry.Bytes;
    }

    /// <param name="network">Only of one without text.</param>
    /// <param name="text">That it was written with.</param>
    /// <param name="evaluator">Of it.</param>
    /// <param name="bytes">What it holds, about.</param>
    private sealed class Entry(NetworkModel? network, byte[]? text, RadioNetworkEvaluator evaluator, long bytes)
    {
        public bool IsFor(NetworkModel other, byte[]? otherText) => otherText is null ? ReferenceEquals(network, other) : text is not null && text.AsSpan().SequenceEqual(otherText);

        public RadioNetworkEvaluator Evaluator => evaluator;

        public long Bytes => bytes;
    }
}
