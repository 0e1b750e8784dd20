using System.Runtime.InteropServices;
using System.Text;
using RanCognition.Memory.Sharing;
using RanCognition.Memory.Storage;

namespace RanCognition.Tests.Memory.Sharing;

/// <summary>A memory made of dictionaries, which checks what it is given: nothing twice, nothing out of order.</summary>
internal sealed class PlainMemory(string site, string? identity = null) : ISharedMemory
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, ulong> _outgoing = [];
    private readonly Dictionary<string, ulong> _cursors = [];
    private ulong _sequence;
    private ulong _nextId;

    public string Site { get; } = site;

    public string Identity { get; } = identity ?? Guid.NewGuid().ToString("N");

    public SortedDictionary<ulong, StoredEpisode> Own { get; } = [];

    public SortedDictionary<string, SortedDictionary<ulong, StoredEpisode>> Others { get; } = [];

    /// <summary>What the exchange must not do, as it happened.</summary>
    public List<string> Faults { get; } = [];

    public int Applied { get; private set; }

    /// <summary>Pushed is lost, as by a crash between the database's commit and the note of it.</summary>
    public bool ForgetsPushed { get; set; }

    /// <summary>Why changes of a site are refused.</summary>
    public Func<string, Exception?> Refuse { get; set; } = _ => null;

    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _outgoing.Count;
            }
        }
    }

    public ulong Add(StoredEpisode? like = null)
    {
        lock (_lock)
        {
            ulong id = ++_nextId;
            Own[id] = like ?? Make(id, $"{Site} {id}");
            _outgoing[++_sequence] = id;
            return id;
        }
    }

    public void Update(ulong id, string text)
    {
        lock (_lock)
        {
            Own[id] = Make(id, text);
            _outgoing[++_sequence] = id;
        }
    }

    public void Remove(ulong id)
    {
        lock (_lock)
        {
            Own.Remove(id);
            _outgoing[++_sequence] = id;
        }
    }

    /// <summary>The same memory as it is now: its file, copied.</summary>
    public PlainMemory Copy()
    {
        lock (_lock)
        {
            var copy = new PlainMemory(Site, Identity) { _sequence = _sequence, _nextId = _nextId };
            foreach ((ulong id, StoredEpisode episode) in Own)
            {
                copy.Own[id] = episode;
            }
            foreach ((ulong sequence, ulong id) in _outgoing)
            {
                copy._outgoing[sequence] = id;
            }
            return copy;
        }
    }

    public IReadOnlyList<OutgoingChange> Outgoing(int most)
    {
        lock (_lock)
        {
            return [.. _outgoing.Take(most).Select(each => new OutgoingChange(each.Key, each.Value, Own.GetValueOrDefault(each.Value)))];
        }
    }

    public void Pushed(ulong sequence)
    {
        lock (_lock)
        {
            if (ForgetsPushed)
            {
                throw new IOException("the note was lost");
            }
            foreach (ulong done in _outgoing.Keys.TakeWhile(each => each <= sequence).ToList())
            {
                _outgoing.Remove(done);
            }
        }
    }

    public IReadOnlyDictionary<string, ulong> Cursors()
    {
        lock (_lock)
        {
            return new Dictionary<string, ulong>(_cursors);
        }
    }

    public void Apply(string site, IReadOnlyList<SharedChange> changes, ulong cursor)
    {
        lock (_lock)
        {
            if (Refuse(site) is { } refusal)
            {
                throw refusal;
            }
            ulong last = _cursors.GetValueOrDefault(site);
            if (!Others.TryGetValue(site, out SortedDictionary<ulong, StoredEpisode>? episodes))
            {
                episodes = Others[site] = [];
            }
            foreach (SharedChange change in changes)
            {
                if (change.Sequence <= last)
                {
                    Faults.Add($"{site}: {change.Sequence} came after {last}");
                }
                last = change.Sequence;
                Applied++;
                if (change.Episode is null)
                {
                    episodes.Remove(change.RemoteId);
                }
                else
                {
                    episodes[change.RemoteId] = change.Episode;
                }
            }
            if (cursor < last)
            {
                Faults.Add($"{site}: cursor {cursor} after {last}");
            }
            _cursors[site] = cursor;
        }
    }

    public int CountFrom(string site)
    {
        lock (_lock)
        {
            return Others.TryGetValue(site, out SortedDictionary<ulong, StoredEpisode>? episodes) ? episodes.Count : 0;
        }
    }

    /// <summary>All of the other's own episodes are here, to the last bit, and no others of it.</summary>
    public void AssertHas(PlainMemory other, string? site = null)
    {
        lock (_lock)
        {
            Assert.Empty(Faults);
            Dictionary<ulong, StoredEpisode> here = Others.TryGetValue(site ?? other.Site, out SortedDictionary<ulong, StoredEpisode>? episodes) ? new(episodes) : [];
            Assert.Equal(other.Own.ToDictionary(each => each.Key, each => Print(each.Value)), here.ToDictionary(each => each.Key, each => Print(each.Value)));
        }
    }

    public static StoredEpisode Make(ulong id, string text, float[]? vector = null, string cell = "c1", double reward = 0.5, int success = 1, ulong time = 5) => new()
    {
        Id = id,
        TimeNs = time,
        Cell = cell,
        Reward = reward,
        Success = success,
        Document = Encoding.UTF8.GetBytes($$"""{"text":"{{text}}","n":1.10e3}"""),
        Vector = vector ?? [id, 1.5f],
        Situation = default,
    };

    private static string Print(StoredEpisode episode) => string.Join('|', episode.Id, episode.TimeNs, episode.Cell, BitConverter.DoubleToInt64Bits(episode.Reward), episode.Success,
        Convert.ToHexString(episode.Document.Span), Convert.ToHexString(MemoryMarshal.AsBytes(episode.Vector.Span)));
}
