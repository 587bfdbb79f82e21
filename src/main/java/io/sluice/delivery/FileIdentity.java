package io.sluice.delivery;

/**
 * Which file this is, whatever it is called by now: device and inode, and the hash of its head,
 * because file systems give an inode to a new file as soon as the old one is gone.
 *
 * @param path the name under which the file was last seen; for people, not for comparing
 * @param headLength how many bytes of the head are hashed; grows with the file up to 1 KiB
 * @param headHash the first eight bytes of their SHA-256
 * @param target where the file is if {@code path} leads there through a link, else {@code path}
 */
public record FileIdentity(
    String path, long device, long inode, int headLength, long headHash, String target) {
  /** Of a file that is where its path says. */
  public FileIdentity(String path, long device, long inode, int headLength, long headHash) {
    this(path, device, inode, headLength, headHash, path);
  }
}
