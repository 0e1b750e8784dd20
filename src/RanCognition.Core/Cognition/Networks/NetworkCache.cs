using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Cognition.Networks;

/// <summary>Networks that decisions were made about, so that the next decision does not build the same one again.</summary>
/// <remarks>The bytes that a network was written with are its name: equal bytes are the same network. One without bytes is known by the object that it is. The longest unused goes first; one that is larger than the bound is not kept. Not thread-safe.</remarks>
internal sealed class NetworkCache(long bytesMax = NetworkCache.BytesMaxDefault)
{
    public const long BytesMaxDefault = 256L << 20;

    private const int NetworksMax = 4;

    // What an evaluator holds, about: by user and cell powers twice and once in single precision; by user and site three links and two antenna terms, twice.
    private const long BytesPerPair = 24, BytesPerLink = 80, BytesPerUser = 256;

    private readonly List<Entry> _entries = [];   // the last used first

    /// <summary>Networks that are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>What they hold, about.</summary>
    public long Bytes { get; private set; }

    /// <summary>Answers for a question.</summary>
    /// <param name="question">Null comes back when it gives no network.</param>
    public NetworkAnswers? For(DecisionProblem question)
    {
        if (question.Network is not { } network)
        {
            return null;
        }
        return new NetworkAnswers(Evaluator(network, question.NetworkText), network, question.Configuration);
    }

    private RadioNetworkEvaluator Evaluator(NetworkModel network, byte[]? text)
    {
        const string Place = "problem/network";
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
