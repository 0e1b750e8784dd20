using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Sharing;

/// <summary>The local memory as the exchange with a shared database sees it. Called by one thread at a time, which is not the memory's own.</summary>
internal interface ISharedMemory
{
    /// <summary>This machine's name among those that share.</summary>
    string Site { get; }

    /// <summary>Random text, made once with the memory and kept with its file: tells a restart from another memory that was given the same name.</summary>
    string Identity { get; }

    /// <summary>Own changes since the last <see cref="Pushed"/>, by ascending sequence. Sequences start at 1, are never used twice and name one change each.</summary>
    IReadOnlyList<OutgoingChange> Outgoing(int most);

    /// <summary>Everything up to the sequence is in the shared database.</summary>
    void Pushed(ulong sequence);

    /// <summary>Per other site: the last sequence of its changes that is here.</summary>
    IReadOnlyDictionary<string, ulong> Cursors();

    /// <summary>Takes another site's changes, all or none, together with the cursor; throws where it cannot have them.</summary>
    /// <param name="site">As <see cref="Cursors"/> names it from then on.</param>
    /// <param name="changes">By ascending sequence; may be empty. A change that is here already, or a removal of an episode that never came, is no fault.</param>
    /// <param name="cursor">The site's changes up to it are then here.</param>
    void Apply(string site, IReadOnlyList<SharedChange> changes, ulong cursor);
}
