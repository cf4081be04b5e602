import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { noteFreshSignIn } from '@/lib/session/fresh-sign-in';

/** Goes into the app as whoever has just signed in, with nothing left over from before. */
export function useEnterApp(): (path: string) => void {
  const router = useRouter();
  const queryClient: QueryClient = useQueryClient();
  return (path) => {
    queryClient.clear();
    noteFreshSignIn();
    router.replace(path);
  };
}
