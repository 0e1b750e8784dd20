namespace RanCognition.Memory.Sharing;

/// <summary>A memory that shares, as the database lists it.</summary>
/// <param name="Site">Its name; memories that had the name before leave the later ones "name#2", "name#3".</param>
/// <param name="Pushed">Sequence of its last change there.</param>
internal readonly record struct SharedSite(string Site, ulong Pushed);
