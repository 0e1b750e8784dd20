using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;

namespace RanCognition.Tests.Cognition;

/// <summary>A folder of its own and the memories in it.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly List<MemoryCore> _open = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("ran-journal-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "memory.db");

    public MemoryCore Open(string? path = null, bool hasFile = true)
    {
        MemoryCore memory = new(new MemoryOptions { Path = hasFile ? path ?? Path : null }, EpisodeCodec.Instance, new FixedHost());
        _open.Add(memory);
        return memory;
    }

    public void Dispose()
    {
        foreach (MemoryCore memory in _open)
        {
            memory.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }
}
